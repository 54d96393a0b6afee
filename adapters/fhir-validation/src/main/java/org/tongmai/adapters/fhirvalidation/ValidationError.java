package org.tongmai.adapters.fhirvalidation;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** Why a resource was not judged. What is wrong in a resource is a finding, not one of these. */
public enum ValidationError implements ErrorCode {
    TOO_LARGE("TM-VALID-0001", "The resource is larger than the validator takes", 413, "too-long"),
    TOO_DEEP("TM-VALID-0002", "The resource is nested deeper or has more elements than is judged", 422, "too-costly"),
    DOCTYPE("TM-VALID-0003", "A resource in XML must not have a document type or entities", 400, "security"),
    UNKNOWN_PROFILE("TM-VALID-0004", "The profile asked for is not known here", 404, "not-found"),
    BUSY("TM-VALID-0005", "Every place for judging resources is taken", 503, "throttled"),
    TIME_UP("TM-VALID-0006", "The resource could not be judged in the time there is", 422, "too-costly"),
    FAILED("TM-VALID-0007", "The validator failed; the log names the place", 500, "exception");

    private final ErrorFacts facts;

    ValidationError(String code, String summary, int httpStatus, String fhirIssue) {
        boolean later = httpStatus == 503;
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, later, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
