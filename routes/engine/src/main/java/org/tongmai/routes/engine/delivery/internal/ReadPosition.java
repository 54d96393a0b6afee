package org.tongmai.routes.engine.delivery.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * From where a queue reads its open deliveries: behind those it has, unless it is told of an earlier one. What nobody
 * tells of, because another node stored it or a person freed it, is found by reading everything now and then. Reading
 * everything each time would walk over the index entries of all that was settled since the last vacuum.
 */
final class ReadPosition {
    private final long wholeEvery;
    private final AtomicLong told = new AtomicLong(Long.MAX_VALUE);
    private long next;
    private long wholeAt;

    /** @param wholeEvery nanoseconds after which everything is read although the queue is busy */
    ReadPosition(long wholeEvery) {
        this.wholeEvery = wholeEvery;
    }

    /** A message was stored. From any thread. */
    void tell(long messageId) {
        told.accumulateAndGet(messageId, Math::min);
    }

    /** Says whether everything is to be read, for which {@code idle} is a good moment. */
    boolean isWholeDue(boolean idle) {
        return idle || System.nanoTime() - wholeAt > wholeEvery;
    }

    /** The number to read from; 0 when everything is to be read. */
    long from(boolean idle) {
        if (isWholeDue(idle)) {
            next = 0;
            wholeAt = System.nanoTime();
        }
        next = Math.min(next, told.getAndSet(Long.MAX_VALUE));
        return next;
    }

    /** Everything before this number is in the queue's hands. */
    void readTo(long messageId) {
        next = messageId;
    }
}
