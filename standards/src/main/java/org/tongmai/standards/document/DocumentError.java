package org.tongmai.standards.document;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with the tables of shared documents, or with a question to them. */
public enum DocumentError implements ErrorCode {
    TABLE_MISSING("TM-DOC-0001", "A table of shared documents is missing"),
    BAD_HEADER("TM-DOC-0002", "The header of a table of shared documents is not the expected one"),
    WRONG_WIDTH("TM-DOC-0003", "A row of a table of shared documents does not have as many cells as its header"),
    DUPLICATE("TM-DOC-0004", "A row of a table of shared documents stands twice"),
    UNKNOWN_NAME("TM-DOC-0005", "A row of a table of shared documents names something no other table has"),
    BAD_CELL("TM-DOC-0006", "A cell of a table of shared documents holds what its column does not allow"),
    TYPE_UNKNOWN("TM-DOC-0007", "There is no shared document of this type");

    private final ErrorFacts facts;

    DocumentError(String code, String summary) {
        Wire wire = new Wire("AE", 207, code.endsWith("0007") ? 404 : 422, "not-supported");
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, false, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
