package org.tongmai.routes.engine.gateway;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** Why a gateway does not let a call through (0001…, 0080…), and why rules are not published (0040…). */
public enum GatewayError implements ErrorCode {
    NO_SERVICE("TM-GATE-0001", "No service is published here", false, 404, "not-found"),
    METHOD_NOT_OFFERED("TM-GATE-0002", "The service does not offer this method", false, 405, "not-supported"),
    SERVICE_SUSPENDED("TM-GATE-0003", "The service is suspended", true, 503, "suppressed"),
    BAD_PATH("TM-GATE-0004", "The path can be read in more than one way", false, 400, "structure"),
    ADDRESS_NOT_ALLOWED("TM-GATE-0005", "Calls from this address are not allowed", false, 403, "forbidden"),
    APPLICATION_UNKNOWN("TM-GATE-0006", "The application is not known or not active", false, 401, "login"),
    NOT_AUTHORISED("TM-GATE-0007", "The application is not authorised for this service", false, 403, "forbidden"),
    WRONG_DOMAIN("TM-GATE-0008", "The service belongs to another domain than the application", false, 403, "forbidden"),
    SIGNATURE_MISSING(
            "TM-GATE-0009",
            "A field of the signature, or the nonce or time, is missing or not well formed",
            false,
            401,
            "login"),
    SIGNATURE_WRONG("TM-GATE-0010", "The signature is not of this request and this application", false, 401, "login"),
    CLOCK_SKEW("TM-GATE-0011", "The time of the request is outside the window", false, 401, "expired"),
    REPLAYED("TM-GATE-0012", "The request came before", false, 401, "duplicate"),
    NONCE_NOT_RECORDED("TM-GATE-0013", "Whether the request came before can not be known now", true, 503, "transient"),
    BODY_TOO_LARGE("TM-GATE-0014", "The content is larger than the service takes", false, 413, "too-long"),
    TOO_MANY_LARGE("TM-GATE-0015", "There are as many large contents as can be judged now", true, 503, "throttled"),
    TOO_MANY_CALLS("TM-GATE-0016", "More calls than agreed", true, 429, "throttled"),
    SERVICE_OVERLOADED("TM-GATE-0017", "The service has as many calls as it can do", true, 503, "throttled"),
    CIRCUIT_OPEN("TM-GATE-0018", "The service fails and is left alone for a while", true, 503, "transient"),
    NOT_ANSWERED("TM-GATE-0020", "The service did not answer in time", true, 504, "timeout"),
    SERVICE_FAILED("TM-GATE-0021", "The service could not be called", true, 502, "transient"),
    DOMAIN_SUSPENDED("TM-GATE-0025", "The domain of the service is suspended", true, 503, "suppressed"),
    NODE_SUSPENDED("TM-GATE-0026", "This node is taken out of service", true, 503, "suppressed"),
    DONE_NOT_RECORDED(
            "TM-GATE-0027", "The service was called, but no record of it could be kept", false, 500, "incomplete"),
    DONE_NOT_ANSWERED(
            "TM-GATE-0028",
            "The service was called, but there was no room on disk for its answer",
            false,
            502,
            "incomplete"),
    OUTCOME_UNKNOWN("TM-GATE-0029", "The service may have done what was asked, or not", 504, "AE"),
    TOKEN_MISSING("TM-GATE-0060", "The call brings no token, or more than one", false, 401, "login"),
    TOKEN_INVALID("TM-GATE-0061", "The token is not one of the identity provider", false, 401, "login"),
    TOKEN_EXPIRED("TM-GATE-0062", "The token does not hold now", false, 401, "expired"),
    TOKEN_NOT_FOR_US("TM-GATE-0063", "The token is of another issuer or for another audience", false, 401, "login"),
    TOKEN_KEY_UNKNOWN(
            "TM-GATE-0064", "The token is signed with a key the provider does not publish", false, 401, "login"),
    PROVIDER_AWAY("TM-GATE-0065", "The identity provider can not be asked now", true, 503, "transient"),
    SCOPE_MISSING("TM-GATE-0066", "The token does not allow this service", false, 403, "forbidden"),
    ORIGIN_NOT_SAFE("TM-GATE-0067", "Pages of this origin may not call the service", false, 403, "forbidden"),
    REDIRECT_NOT_SAFE("TM-GATE-0068", "The service redirects to a domain that is not safe", false, 502, "forbidden"),
    TARGET_NOT_SAFE(
            "TM-GATE-0069", "The call asks to be redirected to a domain that is not safe", false, 400, "forbidden"),
    IDENTIFIER_UNREADABLE(
            "TM-GATE-0070", "Whose data is asked for can not be read in one way only", false, 400, "structure"),
    NOT_OWNED("TM-GATE-0071", "The user asks for what is somebody else's", false, 403, "forbidden"),
    OWNERSHIP_UNKNOWN("TM-GATE-0072", "Whose data it is can not be found out now", true, 503, "transient"),
    ANSWER_NOT_OWNED(
            "TM-GATE-0073", "The answer is withheld: it holds what is somebody else's", false, 403, "forbidden"),
    ANSWER_UNREADABLE(
            "TM-GATE-0074", "The answer is withheld: whose it is can not be read from it", false, 502, "structure"),
    CONTENT_NOT_CONVERTED(
            "TM-GATE-0090", "The content can not be made what the service takes", false, 400, "structure"),
    ANSWER_NOT_CONVERTED(
            "TM-GATE-0091", "The service answered with something else than agreed", false, 502, "structure"),
    CALLER_AT_FAULT("TM-GATE-0092", "The service says that the call is at fault", false, 422, "processing"),
    SERVICE_AT_FAULT("TM-GATE-0093", "The service says that itself is at fault", false, 500, "processing"),
    CALL_NOT_READ("TM-GATE-0094", "The content is not the operation as agreed", false, 400, "structure"),
    VERSION_MISMATCH(
            "TM-GATE-0095", "The envelope is not of a version of SOAP that the service takes", false, 400, "structure"),
    HEADER_NOT_UNDERSTOOD("TM-GATE-0096", "A header block that must be understood is not", false, 400, "not-supported"),
    MESSAGE_REFUSED("TM-GATE-0097", "The service does not take the message as it is", 422, "AE"),
    MESSAGE_NOT_TAKEN("TM-GATE-0098", "The service did not take the message", 502, "AR"),
    SYSTEM_SUSPENDED("TM-GATE-0030", "The system the service belongs to is suspended", true, 503, "suppressed"),
    USER_DENIED("TM-GATE-0031", "Calls of this user are not allowed", false, 403, "forbidden"),
    RULES_INVALID("TM-GATE-0040", "The rules can not be published", false, 422, "invariant"),
    ROUTE_NOT_STARTED("TM-GATE-0041", "The route of a service did not start", false, 422, "processing"),
    PUBLICATION_STALE("TM-GATE-0042", "Somebody published in the meantime", true, 409, "conflict"),
    REGISTRY_AWAY("TM-GATE-0043", "The registry can not be reached", true, 503, "transient"),
    LISTENER_NOT_OPENED("TM-GATE-0045", "A listener could not be opened", true, 422, "processing"),
    PUBLICATION_UNKNOWN("TM-GATE-0044", "There is no such publication", false, 404, "not-found"),
    CONTENT_NOT_OPENED("TM-GATE-0080", "The content is not encrypted as agreed", false, 400, "security"),
    KEY_AWAY("TM-GATE-0081", "A key of the gateways can not be used now", true, 503, "transient"),
    NO_ANSWER_KEY("TM-GATE-0082", "The application has no key to encrypt its answers by", false, 403, "security"),
    ANSWER_NOT_SEALED("TM-GATE-0083", "The answer is in a form that can not be encrypted", false, 502, "security"),
    FILE_NOT_ALLOWED("TM-GATE-0084", "A file is not of a type that may be sent", false, 415, "not-supported"),
    FILE_TOO_LARGE("TM-GATE-0085", "A file is larger than it may be", false, 413, "too-long"),
    TOO_MANY_FILES("TM-GATE-0086", "There are more files than may be", false, 413, "too-long"),
    FILE_NAME_NOT_ALLOWED(
            "TM-GATE-0099",
            "The name of a file, or of one in an archive, is not one that may be sent",
            false,
            415,
            "security"),
    FILE_OF_TWO_TYPES("TM-GATE-0087", "A file can be read as two types", false, 415, "security"),
    SERVICE_NOT_HERE("TM-GATE-0088", "This node serves no such service", false, 404, "not-found"),
    SERVICE_WITHHELD("TM-GATE-0089", "This node can not carry calls of the service now", true, 503, "transient");

    private final ErrorFacts facts;

    GatewayError(String code, String summary, boolean retryable, int status, String fhirIssue) {
        this.facts = new ErrorFacts(
                code, summary, Severity.ERROR, retryable, new Wire(retryable ? "AE" : "AR", 207, status, fhirIssue));
    }

    /** What the caller may not simply repeat, and who sent a message must not take for refused either. */
    GatewayError(String code, String summary, int status, String acknowledgement) {
        this.facts = new ErrorFacts(
                code, summary, Severity.ERROR, false, new Wire(acknowledgement, 207, status, "processing"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
