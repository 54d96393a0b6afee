package org.tongmai.standards.exchange;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong with a content that is too large to be held in memory. */
public enum ExchangeError implements ErrorCode {
    TOO_LARGE_TO_READ(
            "TM-EXCHANGE-0001",
            "The content is too large to be read whole, which it has to be here",
            false,
            new Wire("AR", 104, 413, "too-long")),
    NO_DISK_ROOM(
            "TM-EXCHANGE-0002",
            "There is no room on disk for another large content now",
            true,
            new Wire("AE", 207, 503, "throttled")),
    NOT_READ(
            "TM-EXCHANGE-0003",
            "A large content can not be read from disk",
            true,
            new Wire("AE", 207, 503, "exception")),
    NOT_DELETED(
            "TM-EXCHANGE-0004",
            "A file of a large content can not be deleted",
            false,
            new Wire("AE", 207, 500, "exception"));

    private final ErrorFacts facts;

    ExchangeError(String code, String summary, boolean retryable, Wire wire) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
