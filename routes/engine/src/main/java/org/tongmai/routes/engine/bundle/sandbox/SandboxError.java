package org.tongmai.routes.engine.bundle.sandbox;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What a sandbox finds. Locations are {@code file}, or {@code file#place} inside the bundle. */
public enum SandboxError implements ErrorCode {
    GOLDEN_DIFFERS("TM-SANDBOX-0001", "Something else came out than the golden file says", 422, "processing"),
    GOLDEN_ABSENT("TM-SANDBOX-0002", "What the golden file expects did not come out", 422, "processing"),
    GOLDEN_UNEXPECTED("TM-SANDBOX-0003", "Something came out that no golden file expects", 422, "processing"),
    GOLDEN_INVALID("TM-SANDBOX-0004", "A golden file belongs to no case or can not be read", 422, "invalid"),
    NOT_CAPTURED("TM-SANDBOX-0005", "The message can not be made a test", 422, "not-supported"),
    SPAN_INVALID("TM-SANDBOX-0006", "The span of messages to replay is not valid", 400, "invalid"),
    BUSY("TM-SANDBOX-0007", "Another replay-diff is running", 503, "throttled"),
    NOT_WRITTEN(
            "TM-SANDBOX-0008",
            "The canonical resources of a message could not be written to their folder",
            503,
            "no-store"),
    TOO_LONG("TM-SANDBOX-0009", "A version took longer over its messages than it may", 422, "timeout"),
    TOO_MANY_CHANGES("TM-SANDBOX-0010", "More fields changed than a sheet can be read for", 422, "too-costly"),
    UNTESTED("TM-SANDBOX-0011", "The bundle has no golden tests", 422, "required");

    private final ErrorFacts facts;

    SandboxError(String code, String summary, int status, String issueType) {
        this.facts =
                new ErrorFacts(code, summary, Severity.ERROR, status == 503, new Wire("AE", 207, status, issueType));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
