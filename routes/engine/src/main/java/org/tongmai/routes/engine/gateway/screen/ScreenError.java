package org.tongmai.routes.engine.gateway.screen;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** Why screening refuses a request, and what that becomes on each wire. */
public enum ScreenError implements ErrorCode {
    SCRIPT("TM-SCREEN-0001", "A value would become script where it is shown", 403, "security"),
    SQL("TM-SCREEN-0002", "A value would go on as SQL where it is put into a statement", 403, "security"),
    NOT_ITS_TYPE("TM-SCREEN-0003", "The body is not what its content type says", 400, "structure"),
    BEYOND_LIMIT("TM-SCREEN-0004", "The request is deeper, longer or has more values than may be", 413, "too-long"),
    DOCUMENT_TYPE("TM-SCREEN-0005", "The XML declares a document type or entities", 400, "security"),
    ENCODING_UNKNOWN(
            "TM-SCREEN-0006", "The body is in a character set or encoding that can not be read", 415, "not-supported"),
    TOO_INTRICATE("TM-SCREEN-0007", "A value is too intricate to be judged", 403, "security"),
    TABLE_INVALID("TM-SCREEN-0008", "A table of the screening is not valid", 500, "exception");

    private final ErrorFacts facts;

    ScreenError(String code, String summary, int http, String fhir) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, false, new Wire("AR", 207, http, fhir));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
