package org.tongmai.standards.identifier;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What makes a number none of its kind. The issues say found and expected, and never quote the number. */
public enum IdentifierError implements ErrorCode {
    WRONG_LENGTH("TM-IDENT-0001", "An identifier does not have the length of its kind"),
    WRONG_CHARACTER("TM-IDENT-0002", "An identifier has a character that its kind does not have there"),
    WRONG_CHECK_CHARACTER("TM-IDENT-0003", "The check character of an identifier does not fit the rest"),
    IMPOSSIBLE_DATE("TM-IDENT-0004", "The date in an identifier does not exist or lies outside its range"),
    UNKNOWN_DIVISION("TM-IDENT-0005", "The administrative division in an identifier does not exist"),
    UNKNOWN_PART("TM-IDENT-0006", "A coded part of an identifier has a value that is not in its list"),
    BAD_TABLE("TM-IDENT-0101", "A row of the table of identifier systems can not be used");

    private final ErrorFacts facts;

    IdentifierError(String code, String summary) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, false, new Wire("AE", 102, 422, "value"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
