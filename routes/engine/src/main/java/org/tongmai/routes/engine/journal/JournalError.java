package org.tongmai.routes.engine.journal;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the journal refuses, and what that becomes on each wire. */
public enum JournalError implements ErrorCode {
    UNAVAILABLE("TM-JOURNAL-0001", "The journal can not be written now", true, "AE", 207, 503, "transient"),
    QUEUE_FULL("TM-JOURNAL-0002", "More messages are under way than may be", true, "AE", 207, 503, "throttled"),
    REJECTED("TM-JOURNAL-0003", "The database refused this message", false, "AE", 207, 500, "exception"),
    CONTROL_ID_REUSED(
            "TM-JOURNAL-0004",
            "The control id was used before for another message",
            false,
            "AR",
            205,
            409,
            "duplicate"),
    IN_PROCESS_ELSEWHERE(
            "TM-JOURNAL-0005", "The same message is still being processed", true, "AE", 207, 503, "transient"),
    INTERNAL("TM-JOURNAL-0006", "Processing failed for an unforeseen reason", false, "AE", 207, 500, "exception"),
    POISON(
            "TM-JOURNAL-0007",
            "Processing was begun too often without coming to an end",
            false,
            "AE",
            207,
            500,
            "exception"),
    NOT_JOURNALLED(
            "TM-JOURNAL-0008", "Nothing journalled is on its way on this exchange", false, "AE", 207, 500, "exception"),
    NOT_A_BUNDLE("TM-JOURNAL-0009", "Only a canonical bundle can be published", false, "AE", 207, 500, "exception"),
    ALREADY_SETTLED("TM-JOURNAL-0010", "The message was settled before", false, "AE", 207, 409, "conflict"),
    FEED_MISSING("TM-JOURNAL-0011", "The feed of the message is not running", true, "AE", 207, 503, "transient"),
    NOT_FOUND("TM-JOURNAL-0012", "There is no such message in the journal", false, "AE", 204, 404, "not-found"),
    DAY_UNSETTLED(
            "TM-JOURNAL-0013",
            "The day has messages or deliveries that are not settled",
            true,
            "AE",
            207,
            409,
            "conflict"),
    NODES_EXHAUSTED(
            "TM-JOURNAL-0014", "Every node number is taken by a living node", true, "AE", 207, 503, "transient");

    private final ErrorFacts facts;

    JournalError(
            String code,
            String summary,
            boolean retryable,
            String acknowledgement,
            int condition,
            int http,
            String fhir) {
        Wire wire = new Wire(acknowledgement, condition, http, fhir);
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
