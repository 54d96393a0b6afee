package org.tongmai.routes.engine.delivery;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong on the way out. */
public enum DeliveryError implements ErrorCode {
    UNREACHABLE("TM-DELIVERY-0001", "The destination could not be reached or did not answer", true),
    FAILED("TM-DELIVERY-0002", "The delivering route failed on this delivery", false),
    CONTENT_MISSING("TM-DELIVERY-0003", "What is to be delivered is no longer in the store", false),
    DATABASE_AWAY("TM-DELIVERY-0004", "The database could not be reached", true),
    NOT_SETTLED("TM-DELIVERY-0005", "The outcome of a delivery could not be written", false),
    QUEUE_FULL("TM-DELIVERY-0006", "More outcomes wait to be written than may wait", true),
    DESTINATION_UNKNOWN("TM-DELIVERY-0007", "No running bundle has this destination", false),
    MESSAGE_UNKNOWN("TM-DELIVERY-0008", "The journal has no message of this number", false),
    FEED_NOT_RUNNING("TM-DELIVERY-0009", "The route the message came in by is not running", true),
    REPLAY_UNKNOWN("TM-DELIVERY-0010", "There is no replay of this number", false);

    private final String code;
    private final String summary;
    private final boolean retryable;

    DeliveryError(String code, String summary, boolean retryable) {
        this.code = code;
        this.summary = summary;
        this.retryable = retryable;
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
        return retryable;
    }

    @Override
    public Wire wire() {
        return switch (this) {
            case DESTINATION_UNKNOWN, MESSAGE_UNKNOWN, REPLAY_UNKNOWN -> new Wire("AE", 207, 404, "not-found");
            case FEED_NOT_RUNNING -> new Wire("AE", 207, 409, "transient");
            default -> new Wire("AE", 207, retryable ? 503 : 500, retryable ? "transient" : "exception");
        };
    }
}
