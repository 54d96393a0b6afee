package org.tongmai.console.domain.patientindex;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the patient index refuses. */
public enum PatientIndexError implements ErrorCode {
    BAD_TABLE("TM-MPI-0001", "A table of the patient index is not as it must be", 500, "invalid"),
    NO_SUCH_PERSON("TM-MPI-0002", "The index knows no such patient or person", 404, "not-found"),
    NO_SUCH_REVIEW("TM-MPI-0003", "There is no such candidate", 404, "not-found"),
    REVIEW_DECIDED("TM-MPI-0004", "The candidate was decided before", 409, "conflict"),
    CONFLICT("TM-MPI-0005", "The identifiers of the two say that they are two persons", 409, "business-rule"),
    NO_SUCH_OPERATION("TM-MPI-0006", "There is no such operation", 404, "not-found"),
    NOTHING_TO_UNDO("TM-MPI-0007", "Nothing of the operation is left to take back", 409, "conflict"),
    SAME_PERSON("TM-MPI-0008", "The two are one person already", 409, "conflict"),
    NO_REASON("TM-MPI-0009", "A change of the index needs a reason of 1 to 500 characters", 400, "required"),
    ALONE("TM-MPI-0010", "The record is the only one of its person", 409, "conflict"),
    NOT_INDEXED("TM-MPI-0011", "A resource could not be indexed and was left out", 500, "exception"),
    NO_SUCH_GUARDIANSHIP("TM-MPI-0012", "There is no such guardianship, or it has ended", 404, "not-found"),
    NO_TIME("TM-MPI-0013", "The guardianship would never hold", 400, "value"),
    NO_END("TM-MPI-0014", "The guardianship would never end", 400, "required");

    private final ErrorFacts facts;

    PatientIndexError(String code, String summary, int httpStatus, String fhirIssue) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, false, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
