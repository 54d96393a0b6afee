package org.tongmai.routes.engine.node;

import java.time.Duration;

/** How a run knows that it lives: its heart beats in the database, and nobody else has taken its name. */
public final class Pulse {
    private volatile long until;
    private volatile boolean begun;
    private volatile boolean fenced;

    /** The heart has beaten; it counts as alive for the lease. */
    void beaten(Duration lease) {
        until = System.nanoTime() + lease.toNanos();
        begun = true;
    }

    /** A newer run has taken the name. That stays so: this process must be started anew. */
    void fence() {
        fenced = true;
    }

    public boolean fenced() {
        return fenced;
    }

    /** Whether the heart has not beaten for the lease, so that others take over what this run has begun. */
    public boolean silent() {
        return begun && until - System.nanoTime() < 0;
    }
}
