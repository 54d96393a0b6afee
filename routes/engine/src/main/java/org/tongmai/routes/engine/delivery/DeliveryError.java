package org.tongmai.routes.engine.delivery;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong on the way out. */
public enum DeliveryError implements ErrorCode {
    UNREACHABLE("TM-DELIVERY-0001", "The destination could not be reached or did not answer", true),
    FAILED("TM-DELIVERY-0002", "The delivering route failed on this delivery", false),
    CONTENT_MISSING("TM-DELIVERY-0003", "What is to be delivered is no longer in the store", false),
    DATABASE_AWAY("TM-DELIVERY-0004", "The database could not be reached", true),
    NOT_SETTLED("TM-DELIVERY-0005", "The outcome of a delivery could not be written", false),
    QUEUE_FULL("TM-DELIVERY-0006", "More outcomes wait to be written than may wait", true),
    DESTINATION_UNKNOWN(
            "TM-DELIVERY-0007", "No running bundle has this destination", false, new Wire("AE", 207, 404, "not-found")),
    MESSAGE_UNKNOWN(
            "TM-DELIVERY-0008",
            "The journal has no message of this number",
            false,
            new Wire("AE", 207, 404, "not-found")),
    FEED_NOT_RUNNING(
            "TM-DELIVERY-0009",
            "The route the message came in by is not running",
            true,
            new Wire("AE", 207, 409, "transient")),
    REPLAY_UNKNOWN(
            "TM-DELIVERY-0010", "There is no replay of this number", false, new Wire("AE", 207, 404, "not-found")),
    UNFORESEEN(
            "TM-DELIVERY-0011",
            "The delivering route failed for an unforeseen reason",
            true,
            new Wire("AE", 207, 500, "processing"));

    private final ErrorFacts facts;

    DeliveryError(String code, String summary, boolean retryable) {
        this(
                code,
                summary,
                retryable,
                new Wire("AE", 207, retryable ? 503 : 500, retryable ? "transient" : "exception"));
    }

    DeliveryError(String code, String summary, boolean retryable, Wire wire) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
