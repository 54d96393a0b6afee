package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.tongmai.routes.engine.delivery.Delivering;

/**
 * What a destination has read of its open deliveries: a bounded number in order of receipt, each known until its outcome
 * is durable. Reads on its own thread; everything else of it is guarded by the queue's lock.
 */
final class ReadAhead {
    private final Delivering how;
    private final DeliveryTables tables;
    private final Guard guard;
    private final int most;
    private final long pause;
    private final long poll;

    private final Set<Long> known = new HashSet<>();
    private final Set<Long> settledWhileReading = new HashSet<>();
    private boolean reading;

    private volatile int size;
    private volatile boolean dirty = true;
    private volatile boolean more;

    /** Runs changes under the queue's lock and tells the lanes. */
    interface Guard {
        void locked(Runnable change);
    }

    /**
     * @param most deliveries kept in memory
     * @param poll nanoseconds between looks for what nobody told of
     */
    ReadAhead(Delivering how, DeliveryTables tables, Guard guard, int most, long poll) {
        this.how = how;
        this.tables = tables;
        this.guard = guard;
        this.most = Math.max(most, how.batch() * how.lanes() * 2);
        this.poll = poll;
        this.pause = how.batch() == 1
                ? TimeUnit.MILLISECONDS.toNanos(5)
                : how.linger().toNanos() / 4;
    }

    int size() {
        return size;
    }

    /** Something was queued. */
    void changed() {
        dirty = true;
    }

    boolean wanted() {
        return (dirty || more) && size <= most / 2;
    }

    /** Under the lock: forgets everything but these. */
    void beginWith(List<Batch> begun) {
        known.clear();
        begun.forEach(batch -> batch.rows().forEach(row -> known.add(row.messageId())));
        size = known.size();
        dirty = true;
    }

    /** Reads from the first open delivery on, because a message with a smaller number may be stored later. */
    void fill(Consumer<DeliveryRow> lanes) throws SQLException {
        if (size > most / 2) {
            return;
        }
        dirty = false;
        guard.locked(() -> {
            reading = true;
            settledWhileReading.clear();
        });
        List<DeliveryRow> rows = List.of();
        int limit = most + size;
        try {
            rows = tables.open(how.destination(), limit);
        } finally {
            List<DeliveryRow> read = rows;
            guard.locked(() -> {
                reading = false;
                read.stream().filter(this::isNew).forEach(lanes);
                size = known.size();
            });
        }
        more = rows.size() == limit;
    }

    /** What was settled since the read began is still open in what was read. */
    private boolean isNew(DeliveryRow row) {
        return known.size() < most && !settledWhileReading.contains(row.messageId()) && known.add(row.messageId());
    }

    /** Between two reads: as short as what waits wants it, as long as nothing does. */
    void rest(Condition goesOn) {
        LockSupport.parkNanos(pause);
        long until = System.nanoTime() + poll;
        while (goesOn.holds() && !wanted() && System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Something that may change at any time. */
    interface Condition {
        boolean holds();
    }

    /** Under the lock: their outcome is durable. */
    void settled(Batch batch) {
        for (DeliveryRow row : batch.rows()) {
            known.remove(row.messageId());
            if (reading) {
                settledWhileReading.add(row.messageId());
            }
        }
        size = known.size();
    }
}
