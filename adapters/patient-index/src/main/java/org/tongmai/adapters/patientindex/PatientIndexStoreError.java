package org.tongmai.adapters.patientindex;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the tables of the patient index refuse. */
public enum PatientIndexStoreError implements ErrorCode {
    UNAVAILABLE("TM-MPISTORE-0001", "The patient index can not be reached", true, 503, "transient"),
    UNREADABLE("TM-MPISTORE-0002", "A row of the patient index can not be read", false, 500, "exception"),
    REFUSED("TM-MPISTORE-0003", "The database refused a row of the patient index", false, 500, "exception");

    private final ErrorFacts facts;

    PatientIndexStoreError(String code, String summary, boolean retryable, int httpStatus, String fhirIssue) {
        this.facts =
                new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
