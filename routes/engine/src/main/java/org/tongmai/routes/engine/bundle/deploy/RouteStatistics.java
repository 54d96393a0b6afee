package org.tongmai.routes.engine.bundle.deploy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.tongmai.routes.engine.bundle.RouteBundle.RouteFigures;

/** Counts what passes through a route of a version: the last five to ten minutes, in two halves. Never blocks for long. */
final class RouteStatistics {
    private static final long HALF = TimeUnit.MINUTES.toNanos(5);
    /** Each doubling of the time has eight steps. */
    private static final int STEPS = 8;

    private static final int BUCKETS = 40 * STEPS;

    private final LongSupplier clock;
    private volatile Half current = new Half();
    private volatile Half previous = new Half();
    private volatile long until;

    RouteStatistics(LongSupplier clock) {
        this.clock = clock;
        this.until = clock.getAsLong() + HALF;
    }

    void failed(long nanos) {
        current().errors.increment();
        count(nanos);
    }

    void passed(long nanos) {
        count(nanos);
    }

    private void count(long nanos) {
        current().buckets.incrementAndGet(bucket(nanos));
    }

    /** @param late how long others have been under way that count as if they ended now, in nanoseconds */
    RouteFigures figures(long... late) {
        Half now = current();
        Half before = previous;
        long[] counts = new long[BUCKETS];
        long messages = late.length;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = now.buckets.get(i) + before.buckets.get(i);
            messages += counts[i];
        }
        long oldest = 0;
        for (long age : late) {
            counts[bucket(age)]++;
            oldest = Math.max(oldest, age);
        }
        return new RouteFigures(
                messages,
                now.errors.sum() + before.errors.sum(),
                p95(counts, messages),
                TimeUnit.NANOSECONDS.toMillis(oldest));
    }

    private static long p95(long[] counts, long messages) {
        long left = messages - messages * 95 / 100;
        int bucket = BUCKETS - 1;
        for (long above = counts[bucket]; above < left && bucket > 0; above += counts[bucket]) {
            bucket--;
        }
        return messages == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(ceiling(bucket));
    }

    private Half current() {
        if (clock.getAsLong() - until >= 0) {
            turn();
        }
        return current;
    }

    private synchronized void turn() {
        long late = clock.getAsLong() - until;
        if (late >= 0) {
            previous = late < HALF ? current : new Half();
            current = new Half();
            until = clock.getAsLong() + HALF;
        }
    }

    /** 1 µs and less is the first; every eight further are twice as long. */
    private static int bucket(long nanos) {
        long units = Math.max(1, nanos >> 10);
        int doublings = 63 - Long.numberOfLeadingZeros(units);
        long within = (units * STEPS >> doublings) - STEPS;
        return (int) Math.min(BUCKETS - 1, doublings * (long) STEPS + within);
    }

    private static long ceiling(int bucket) {
        return (STEPS + bucket % STEPS + 1L << bucket / STEPS + 10) / STEPS;
    }

    private static final class Half {
        private final LongAdder errors = new LongAdder();
        private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    }
}
