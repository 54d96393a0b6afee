package org.tongmai.routes.engine.delivery.internal;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The circuit breaker of one destination. Opens at the first failure worth a retry, rests with doubling and jitter, then
 * lets one batch try: its success closes, its failure opens for longer.
 */
final class Breaker {
    private static final int DOUBLINGS = 30;

    private final long first;
    private final long longest;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private State state = State.CLOSED;
    private int failures;
    private long until;

    /** Where a breaker is. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** @param random 0 to 1; spreads destinations that failed together */
    Breaker(Duration first, Duration longest, LongSupplier nanoTime, DoubleSupplier random) {
        this.first = first.toNanos();
        this.longest = longest.toNanos();
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Asks to send. Answers 0 for yes, otherwise nanoseconds after which to ask again. */
    synchronized long enter() {
        switch (state) {
            case CLOSED:
                return 0;
            case HALF_OPEN:
                return first;
            default:
                long remaining = until - nanoTime.getAsLong();
                if (remaining > 0) {
                    return remaining;
                }
                state = State.HALF_OPEN;
                return 0;
        }
    }

    /** Says that the destination answered, be it that it refused the content. Answers whether this closed the breaker. */
    synchronized boolean answered() {
        boolean closes = state == State.HALF_OPEN;
        if (state != State.OPEN) {
            state = State.CLOSED;
            failures = 0;
        }
        return closes;
    }

    /** Says that what was let in did not try after all. */
    synchronized void abandoned() {
        if (state == State.HALF_OPEN) {
            state = State.OPEN;
            until = nanoTime.getAsLong();
        }
    }

    /** Says that the destination failed. Answers the nanoseconds until the next try. */
    synchronized long failed() {
        if (state != State.OPEN) {
            long rest = Math.min(longest, first << Math.min(failures, DOUBLINGS));
            rest = rest <= 0 ? longest : rest;
            failures++;
            state = State.OPEN;
            until = nanoTime.getAsLong() + (long) (rest * (0.8 + 0.2 * random.getAsDouble()));
        }
        return Math.max(0, until - nanoTime.getAsLong());
    }

    synchronized State state() {
        return state;
    }
}
