package org.tongmai.routes.engine.bundle.deploy;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When to try again what failed: after two seconds, then after twice as long each time, at most five minutes. */
final class Again {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final LongSupplier clock;
    private long rest = FIRST;
    private long at;

    Again(LongSupplier clock) {
        this.clock = clock;
    }

    /** It failed now. */
    void later() {
        at = clock.getAsLong() + rest;
        rest = Math.min(2 * rest, LONGEST);
    }

    /** It went well. */
    void forget() {
        rest = FIRST;
    }

    boolean due() {
        return clock.getAsLong() - at >= 0;
    }
}
