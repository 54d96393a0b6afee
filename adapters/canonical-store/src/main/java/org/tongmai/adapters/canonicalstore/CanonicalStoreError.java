package org.tongmai.adapters.canonicalstore;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the canonical store refuses. */
public enum CanonicalStoreError implements ErrorCode {
    INVALID_IDENTITY("TM-STORE-0001", "A resource's type or id is not one that FHIR allows", false, 400, "value"),
    INVALID_TEXT(
            "TM-STORE-0002",
            "A resource's text is not valid Unicode or its content is not JSON",
            false,
            422,
            "structure"),
    CONTENT_MISMATCH("TM-STORE-0003", "A resource's content names another type or id", false, 422, "invariant"),
    CONTENT_TOO_LARGE("TM-STORE-0004", "A resource is larger than the store takes", false, 422, "too-long"),
    UNAVAILABLE("TM-STORE-0005", "The store can not be reached", true, 503, "transient"),
    INVALID_CURSOR("TM-STORE-0006", "A page cursor is not one of this store's", false, 400, "value"),
    UNKNOWN_PARAMETER("TM-STORE-0007", "A search parameter is not indexed", false, 400, "not-supported"),
    VERSION_CONFLICT(
            "TM-STORE-0008", "Another version of the resource is stored than was expected", true, 409, "conflict");

    private final ErrorFacts facts;

    CanonicalStoreError(String code, String summary, boolean retryable, int httpStatus, String fhirIssue) {
        this.facts =
                new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
