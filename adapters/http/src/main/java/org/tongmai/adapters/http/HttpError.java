package org.tongmai.adapters.http;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong on an HTTP connection, as server (0001…) and as client (0011…). */
public enum HttpError implements ErrorCode {
    BODY_TOO_LARGE(
            "TM-HTTP-0001",
            "The content is larger than this listener takes",
            false,
            new Wire("AR", 104, 413, "too-long")),
    TOO_SLOW("TM-HTTP-0002", "The request did not arrive in time", true, new Wire("AE", 207, 408, "timeout")),
    NO_ROOM(
            "TM-HTTP-0003",
            "The listener has no room for another request now",
            true,
            new Wire("AE", 207, 503, "throttled")),
    NOT_A_REQUEST("TM-HTTP-0004", "The request is not one of RFC 9110", false, new Wire("AR", 100, 400, "structure")),
    PROCESSING_FAILED(
            "TM-HTTP-0005", "The request could not be processed", true, new Wire("AE", 207, 500, "exception")),
    CLOSING("TM-HTTP-0006", "The listener is being opened or closed", true, new Wire("AE", 207, 503, "transient")),
    CALLER_UNREADABLE(
            "TM-HTTP-0007",
            "A trusted proxy does not say by an address for whom it calls",
            false,
            new Wire("AR", 100, 400, "structure")),
    NOT_CONNECTED("TM-HTTP-0011", "The service can not be reached", true, new Wire("AE", 207, 502, "transient")),
    NOT_ANSWERED("TM-HTTP-0012", "The service did not answer in time", true, new Wire("AE", 207, 504, "timeout")),
    CONNECTION_LOST(
            "TM-HTTP-0013",
            "The connection ended before the answer was whole",
            true,
            new Wire("AE", 207, 502, "incomplete")),
    ANSWER_TOO_LARGE(
            "TM-HTTP-0014", "The answer is larger than this caller takes", false, new Wire("AE", 207, 502, "too-long")),
    ANSWER_NOT_HELD(
            "TM-HTTP-0016",
            "There is no room to hold the answer until it is read",
            false,
            new Wire("AE", 207, 502, "incomplete")),
    NOT_CALLABLE("TM-HTTP-0015", "The body is no HTTP call", false, new Wire("AR", 207, 500, "structure"));

    private final ErrorFacts facts;

    HttpError(String code, String summary, boolean retryable, Wire wire) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
