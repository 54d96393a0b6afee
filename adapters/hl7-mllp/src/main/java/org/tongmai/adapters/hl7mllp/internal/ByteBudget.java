package org.tongmai.adapters.hl7mllp.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes a listener holds over all its connections: one budget for messages not yet answered, which
 * connections wait for and TCP makes the senders wait; another for begun frames, which is not waited for.
 */
public final class ByteBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** @param limit bytes */
    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes, or gives them back when negative; then those that wait for room are told. */
    void add(long bytes) {
        if (used.addAndGet(bytes) < limit && bytes < 0) {
            Runnable next = waiting.poll();
            while (next != null) {
                next.run();
                next = waiting.poll();
            }
        }
    }

    boolean hasRoom() {
        return used.get() < limit;
    }

    /** Calls back once when there may be room again. */
    void whenRoom(Runnable resume) {
        waiting.add(resume);
        if (hasRoom() && waiting.remove(resume)) {
            resume.run();
        }
    }
}
