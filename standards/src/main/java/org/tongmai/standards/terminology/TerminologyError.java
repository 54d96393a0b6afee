package org.tongmai.standards.terminology;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with a table, found when tables are loaded; and with a question put to them. */
public enum TerminologyError implements ErrorCode {
    SOURCE_MISSING("TM-TERM-0001", "A table has no row in sources.csv", 422),
    TABLE_MISSING("TM-TERM-0002", "A table named in sources.csv or asked for does not exist", 404),
    WRONG_WIDTH("TM-TERM-0003", "A row of a table does not have as many cells as its header", 422),
    DUPLICATE_CODE("TM-TERM-0004", "A code stands twice in a table for the same dates", 422),
    UNSORTED("TM-TERM-0005", "The rows of a table are not sorted by code", 422),
    BAD_CELL("TM-TERM-0006", "A cell of a table holds what its column does not allow", 422),
    BAD_HEADER("TM-TERM-0007", "The header of a table is not the one of its kind", 422),
    BROKEN_MAP("TM-TERM-0008", "A map leads to a code that its complete target table does not have", 422),
    BROKEN_INCLUDE("TM-TERM-0009", "A table refers to a table, a column or a code that does not exist", 422),
    CYCLIC_INCLUDE("TM-TERM-0010", "A value set includes itself, or a code is its own ancestor", 422),
    NOT_SUPPLIED("TM-TERM-0011", "A licensed table was asked for and nobody has uploaded it", 404),
    CODE_UNKNOWN("TM-TERM-0012", "A code is not in its table on the day asked for", 404),
    STALE("TM-TERM-0013", "Somebody else changed the tables at the same time", 409),
    VERSION_UNKNOWN("TM-TERM-0014", "There is no such version of the tables", 404),
    REASON_MISSING("TM-TERM-0015", "A change of tables came without its reason", 400),
    STORE_AWAY("TM-TERM-0016", "The store of uploaded tables does not answer", 503),
    FILE_NOT_TAKEN("TM-TERM-0017", "A file of an upload is not a table, or is too large", 422);

    private final ErrorFacts facts;

    TerminologyError(String code, String summary, int httpStatus) {
        String issue =
                switch (httpStatus) {
                    case 404 -> "not-found";
                    case 409 -> "conflict";
                    case 503 -> "transient";
                    default -> "code-invalid";
                };
        boolean retryable = httpStatus == 409 || httpStatus == 503;
        Wire wire = new Wire("AE", 207, httpStatus, issue);
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
