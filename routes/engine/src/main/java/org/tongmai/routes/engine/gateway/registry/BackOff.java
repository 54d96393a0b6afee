package org.tongmai.routes.engine.gateway.registry;

import java.util.concurrent.TimeUnit;

/** When what failed is tried again: after one second, then after twice as long each time, at most a minute. */
final class BackOff {
    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private long wait = SHORTEST;
    private long since = System.nanoTime();

    /** Whether it failed before. */
    enum Failure {
        FIRST,
        AGAIN
    }

    void failed(Failure failure) {
        wait = failure == Failure.FIRST ? SHORTEST : Math.min(LONGEST, 2 * wait);
        since = System.nanoTime();
    }

    boolean isDue() {
        return System.nanoTime() - since >= wait;
    }
}
