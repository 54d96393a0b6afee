package org.tongmai.adapters.hl7mllp;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong on an MLLP connection, as server (0001…, 0017…) and as client (0011…). */
public enum MllpError implements ErrorCode {
    FRAME_TOO_LARGE(
            "TM-MLLP-0001",
            "The frame is larger than this listener takes",
            false,
            new Wire("AR", 104, 413, "too-long")),
    FRAME_NOT_ENDED("TM-MLLP-0002", "The frame has no end mark", false, new Wire("AR", 100, 400, "structure")),
    GARBAGE_BETWEEN_FRAMES("TM-MLLP-0003", "Bytes lie outside any frame", false, new Wire("AR", 100, 400, "structure")),
    TOO_MANY_CONNECTIONS(
            "TM-MLLP-0004",
            "The listener has as many connections as it takes",
            true,
            new Wire("AE", 207, 503, "throttled")),
    BATCH_COUNT_WRONG(
            "TM-MLLP-0005",
            "The batch holds another number of messages than it says",
            false,
            new Wire("AE", 102, 400, "value"),
            Severity.WARNING),
    PROCESSING_FAILED(
            "TM-MLLP-0006", "The message could not be processed", true, new Wire("AE", 207, 500, "exception")),
    NO_ROOM_FOR_FRAME(
            "TM-MLLP-0007",
            "The listener has no room for another large frame now",
            true,
            new Wire("AE", 207, 503, "throttled")),
    BATCH_TOO_LONG(
            "TM-MLLP-0008",
            "The batch holds more messages than one frame may",
            false,
            new Wire("AR", 104, 413, "too-long")),
    CONNECTION_FAILED(
            "TM-MLLP-0009", "The connection failed and was closed", true, new Wire("AE", 207, 500, "transient")),
    NOT_CONNECTED("TM-MLLP-0011", "The receiver can not be reached", true, new Wire("AE", 207, 503, "transient")),
    NOT_ANSWERED("TM-MLLP-0012", "The receiver did not answer in time", true, new Wire("AE", 207, 504, "timeout")),
    CONNECTION_LOST(
            "TM-MLLP-0013",
            "The connection ended before the answer came",
            true,
            new Wire("AE", 207, 503, "incomplete")),
    ANSWERED_ERROR("TM-MLLP-0014", "The receiver answered with an error", true, new Wire("AE", 207, 502, "processing")),
    ANSWERED_REJECT("TM-MLLP-0015", "The receiver refuses the message", false, new Wire("AR", 207, 502, "processing")),
    NOT_SENDABLE("TM-MLLP-0016", "The body is no HL7 message", false, new Wire("AR", 102, 400, "structure")),
    TYPE_NOT_TAKEN(
            "TM-MLLP-0017",
            "The listener does not take messages of this type",
            false,
            new Wire("AR", 200, 422, "not-supported")),
    EVENT_NOT_TAKEN(
            "TM-MLLP-0018",
            "The listener does not take this event of the message type",
            false,
            new Wire("AR", 201, 422, "not-supported")),
    NOT_IN_CHARSET(
            "TM-MLLP-0019",
            "The receiver's charset lacks a character of the message",
            false,
            new Wire("AR", 102, 422, "value")),
    LISTENER_ENDED(
            "TM-MLLP-0020",
            "The listener ended before the message was processed",
            true,
            new Wire("AE", 207, 503, "transient"));

    private final ErrorFacts facts;

    MllpError(String code, String summary, boolean retryable, Wire wire) {
        this(code, summary, retryable, wire, Severity.ERROR);
    }

    MllpError(String code, String summary, boolean retryable, Wire wire, Severity severity) {
        this.facts = new ErrorFacts(code, summary, severity, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
