package org.tongmai.routes.engine.audit;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the audit log refuses or finds. Whoever can not be audited is refused: there is no open door. */
public enum AuditError implements ErrorCode {
    UNAVAILABLE("TM-AUDIT-0001", "The audit log can not be written now", true, 503, "transient"),
    QUEUE_FULL("TM-AUDIT-0002", "More audit records wait than may", true, 503, "throttled"),
    REJECTED("TM-AUDIT-0003", "The database refused an audit record", false, 500, "exception"),
    FENCED("TM-AUDIT-0004", "Another process writes this node's audit chain", false, 503, "exception"),
    HEAD_CHANGED(
            "TM-AUDIT-0005",
            "The end of the audit chain in the database is not what this node wrote",
            false,
            500,
            "security"),
    FILE_NOT_WRITTEN("TM-AUDIT-0006", "A checkpoint of the audit log can not be written", true, 500, "transient"),
    ACT_UNKNOWN("TM-AUDIT-0007", "The act is not in the table of acts", false, 500, "code-invalid"),
    BAD_SPAN("TM-AUDIT-0008", "The span of the audit log is not valid", false, 400, "value"),
    SEARCH_TOO_WIDE("TM-AUDIT-0009", "The search of the audit log takes too long", false, 422, "too-costly"),
    READ_FAILED("TM-AUDIT-0010", "The audit log can not be read now", true, 503, "transient"),
    KEY_UNREADABLE("TM-AUDIT-0011", "A public key of the audit log can not be read", false, 500, "security");

    private final ErrorFacts facts;

    AuditError(String code, String summary, boolean retryable, int http, String fhir) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, http, fhir));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
