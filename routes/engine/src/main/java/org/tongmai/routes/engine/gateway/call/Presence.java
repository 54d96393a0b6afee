package org.tongmai.routes.engine.gateway.call;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who still needs a route; once it is closed, nobody comes any more. */
public final class Presence {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger inside = new AtomicInteger();

    /** Says whether it is still open; only then {@link #leave} must follow. */
    public boolean enter() {
        int before;
        do {
            before = inside.get();
            if (before == CLOSED) {
                return false;
            }
        } while (!inside.compareAndSet(before, before + 1));
        return true;
    }

    public void leave() {
        inside.decrementAndGet();
    }

    /** How many are inside. */
    public int count() {
        return Math.max(0, inside.get());
    }

    /** Closes where nobody is inside. */
    public boolean closeIfEmpty() {
        return inside.compareAndSet(0, CLOSED) || inside.get() == CLOSED;
    }
}
