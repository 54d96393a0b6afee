package org.tongmai.routes.engine.bundle.deploy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.tongmai.routes.engine.bundle.Tenants.Limits;

/** Keeps an instance within its tenant's limits. */
final class Allowance {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final LongSupplier clock;
    private final Semaphore deliveries;
    /** When, by the rate, the next message might come; a second's worth may come at once. */
    private final AtomicLong due;

    Allowance(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.deliveries = new Semaphore(Math.max(1, limits.deliveriesAtOnce()));
        this.due = new AtomicLong(clock.getAsLong() - SECOND);
    }

    Limits limits() {
        return limits;
    }

    /** Whether one more message may come in now. */
    boolean mayReceive() {
        if (limits.messagesPerSecond() == 0) {
            return true;
        }
        long now = clock.getAsLong();
        long step = SECOND / limits.messagesPerSecond();
        while (true) {
            long next = due.get();
            long from = Math.max(next - now, -SECOND) + now;
            if (from - now > 0) {
                return false;
            }
            if (due.compareAndSet(next, from + step)) {
                return true;
            }
        }
    }

    /** Waits until one more batch may go out; the task ends it. */
    Runnable deliver() {
        if (limits.deliveriesAtOnce() == 0) {
            return () -> {};
        }
        deliveries.acquireUninterruptibly();
        return deliveries::release;
    }
}
