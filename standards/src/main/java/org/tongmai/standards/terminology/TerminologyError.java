package org.tongmai.standards.terminology;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with a table. Found when tables are loaded, never while a message is read. */
public enum TerminologyError implements ErrorCode {
    SOURCE_MISSING("TM-TERM-0001", "A table has no row in sources.csv"),
    TABLE_MISSING("TM-TERM-0002", "A table named in sources.csv or asked for does not exist"),
    WRONG_WIDTH("TM-TERM-0003", "A row of a table does not have as many cells as its header"),
    DUPLICATE_CODE("TM-TERM-0004", "A code stands twice in a table for the same dates"),
    UNSORTED("TM-TERM-0005", "The rows of a table are not sorted by code"),
    BAD_CELL("TM-TERM-0006", "A cell of a table holds what its column does not allow"),
    BAD_HEADER("TM-TERM-0007", "The header of a table is not the one of its kind");

    private final String code;
    private final String summary;

    TerminologyError(String code, String summary) {
        this.code = code;
        this.summary = summary;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public boolean retryable() {
        return false;
    }

    @Override
    public Wire wire() {
        return new Wire("AE", 207, 422, "code-invalid");
    }
}
