package org.tongmai.console.server;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the console and its API refuse. */
public enum ConsoleError implements ErrorCode {
    NOT_AUTHENTICATED("TM-CONSOLE-0001", "No valid login came with the request", 401, "login"),
    NOT_ALLOWED("TM-CONSOLE-0002", "The account's role does not allow this", 403, "forbidden"),
    FORGED_REQUEST(
            "TM-CONSOLE-0003", "The request changes something and carries no valid CSRF token", 403, "forbidden"),
    BAD_PARAMETER("TM-CONSOLE-0004", "A parameter is missing or not of the expected form", 400, "value"),
    BAD_BODY("TM-CONSOLE-0005", "The request body can not be read", 400, "structure"),
    NO_SUCH_MESSAGE("TM-CONSOLE-0006", "There is no message with this number", 404, "not-found"),
    NO_SUCH_REPLAY("TM-CONSOLE-0007", "There is no replay with this number", 404, "not-found"),
    NO_SUCH_DESTINATION("TM-CONSOLE-0008", "There is no destination with this name", 404, "not-found"),
    NO_SUCH_RESOURCE("TM-CONSOLE-0009", "There is nothing at this address", 404, "not-found"),
    BAD_METHOD("TM-CONSOLE-0010", "The address does not know this HTTP method or media type", 405, "not-supported"),
    WEAK_PASSWORD("TM-CONSOLE-0011", "The new password is too weak", 400, "value"),
    FAILED("TM-CONSOLE-0012", "The request failed inside the platform", 500, "transient"),
    FIRST_PASSWORDS("TM-CONSOLE-0013", "The file with the first passwords can not be written", 500, "exception"),
    BAD_REQUEST("TM-CONSOLE-0014", "The request is not one that HTTP allows", 400, "structure"),
    NO_SUCH_PERSON("TM-CONSOLE-0015", "The patient index knows no such patient or person", 404, "not-found"),
    NO_SUCH_REVIEW("TM-CONSOLE-0016", "There is no candidate with this number", 404, "not-found"),
    BODY_TOO_SLOW("TM-CONSOLE-0017", "The request body stopped coming", 408, "timeout"),
    CALLER_UNREADABLE(
            "TM-CONSOLE-0018", "A trusted proxy does not say by an address for whom it calls", 400, "structure"),
    TOO_MANY_BODIES(
            "TM-CONSOLE-0057", "There are more request bodies under way than can be waited for now", 503, "transient"),
    BODY_TOO_LARGE("TM-CONSOLE-0030", "The request body is larger than it may be", 413, "too-costly"),
    NO_SUCH_CONVERSION("TM-CONSOLE-0031", "There is no converter with this name", 404, "not-found"),
    NO_SUCH_DOCUMENT("TM-CONSOLE-0032", "There is no document with this id", 404, "not-found"),
    DOCUMENT_CONFLICT("TM-CONSOLE-0033", "Another document has this document's number", 409, "conflict"),
    TOO_MUCH("TM-CONSOLE-0034", "The selection is larger than it may be", 422, "too-costly"),
    NO_SUCH_PATIENT("TM-CONSOLE-0035", "There is no patient with this id", 404, "not-found"),
    NO_LINEAGE("TM-CONSOLE-0036", "Where its elements came from can not be told", 422, "not-supported"),
    CODE_NEEDED("TM-CONSOLE-0040", "The account asks for a one-time code too", 401, "login"),
    PASSWORD_OUTDATED("TM-CONSOLE-0041", "The password has to be changed before anything else", 403, "forbidden"),
    SECOND_FACTOR_MISSING(
            "TM-CONSOLE-0042", "A second factor has to be enrolled before anything else", 403, "forbidden"),
    NO_SUCH_ACCOUNT("TM-CONSOLE-0043", "There is no account of this name", 404, "not-found"),
    ACCOUNT_EXISTS("TM-CONSOLE-0044", "There is an account of this name already", 409, "conflict"),
    BAD_ACCOUNT_NAME("TM-CONSOLE-0045", "No account can have this name", 400, "value"),
    BAD_ROLES("TM-CONSOLE-0046", "No account can have these roles", 400, "value"),
    OWN_ACCOUNT("TM-CONSOLE-0047", "Nobody decides this about the own account", 403, "forbidden"),
    LAST_SECURITY_ADMINISTRATOR("TM-CONSOLE-0048", "Nobody would be left who governs accounts", 409, "conflict"),
    BAD_CODE("TM-CONSOLE-0049", "The one-time code is not the one of now", 400, "value"),
    SECOND_FACTOR_STATE("TM-CONSOLE-0050", "The account can not enrol a second factor now", 409, "conflict"),
    TOO_MANY_LOGINS("TM-CONSOLE-0054", "There are more logins than can be judged now", 429, "transient"),
    ACCOUNTS_AWAY("TM-CONSOLE-0051", "Whether the login still counts can not be told now", 503, "transient"),
    BAD_DISPLAY_NAME("TM-CONSOLE-0052", "Nobody can be called this", 400, "value"),
    NO_SUCH_SESSION("TM-CONSOLE-0053", "The account has no such open session", 404, "not-found"),
    NO_SUCH_RECORD("TM-CONSOLE-0055", "The audit log has no such record", 404, "not-found"),
    AUDIT_BUSY("TM-CONSOLE-0056", "Others are reading the audit log", 429, "transient");

    private final ErrorFacts facts;

    ConsoleError(String code, String summary, int httpStatus, String fhirIssue) {
        boolean retryable = fhirIssue.equals("transient");
        this.facts =
                new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
