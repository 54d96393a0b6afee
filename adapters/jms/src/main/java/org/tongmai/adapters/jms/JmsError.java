package org.tongmai.adapters.jms;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong between the platform and a message broker. */
public enum JmsError implements ErrorCode {
    BROKER_AWAY("TM-JMS-0001", "The message broker can not be reached", true),
    BROKER_REFUSED("TM-JMS-0002", "The message broker did not take the messages", true),
    BODY_NOT_A_BATCH("TM-JMS-0003", "The body is not a canonical batch", false),
    NO_CONNECTION_FACTORY("TM-JMS-0004", "The platform has no connection factory for a broker", false),
    NOT_ANSWERED("TM-JMS-0005", "No reply came in time", true, new Wire("AE", 207, 504, "timeout")),
    REPLY_UNREADABLE(
            "TM-JMS-0006",
            "The reply is neither text nor bytes, or too large",
            false,
            new Wire("AE", 207, 502, "structure"));

    private final ErrorFacts facts;

    JmsError(String code, String summary, boolean retryable) {
        this(
                code,
                summary,
                retryable,
                retryable ? new Wire("AE", 207, 503, "transient") : new Wire("AE", 207, 500, "exception"));
    }

    JmsError(String code, String summary, boolean retryable, Wire wire) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
