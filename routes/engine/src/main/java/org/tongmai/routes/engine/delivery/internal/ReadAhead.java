package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private final Outbox outbox;
    private final Guard guard;
    private final int most;
    private final long pause;
    private final long poll;
    private final ReadPosition position;

    private final Map<Long, DeliveryRow> known = new HashMap<>();
    private final Crossings crossings = new Crossings();
    private final Set<Long> settledWhileReading = new HashSet<>();
    private final List<DeliveryRow> offered = new ArrayList<>();
    private boolean reading;
    private long readUpTo;

    private volatile int size;
    private volatile int keys;
    private volatile boolean dirty = true;
    private volatile boolean more;
    private volatile boolean caughtUp;

    /** Reads the first open deliveries of a destination, of messages with this number or a higher one. */
    interface Outbox {
        List<DeliveryRow> open(String destination, long from, int limit) throws SQLException;

        /** Whether no other node stores deliveries. */
        boolean isAlone() throws SQLException;
    }

    /** Runs changes under the queue's lock and tells the lanes. */
    interface Guard {
        void locked(Runnable change);
    }

    /**
     * @param most deliveries kept in memory; one that concerns several patients counts as so many
     * @param poll nanoseconds between looks for what nobody told of
     */
    ReadAhead(Delivering how, Outbox outbox, Guard guard, int most, long poll) {
        this.how = how;
        this.outbox = outbox;
        this.guard = guard;
        this.most = Math.max(most, how.batch() * how.lanes() * 2);
        this.poll = poll;
        this.position = new ReadPosition(poll * 10);
        this.pause = how.batch() == 1
                ? TimeUnit.MILLISECONDS.toNanos(5)
                : how.linger().toNanos() / 4;
    }

    int size() {
        return size;
    }

    /** Under the lock: something may have been queued that nobody told of. */
    void changed() {
        caughtUp = false;
        position.tell(0);
        dirty = true;
    }

    /**
     * Under the lock: a delivery was queued. It is taken at once when all that were queued before it are in memory; otherwise
     * it is read in its turn. One that may have been read already may be through by now: only the database can tell.
     */
    void offer(DeliveryRow row, Consumer<DeliveryRow> lanes) {
        if (row.messageId() < readUpTo) {
            behind(row);
        } else if (reading && offered.size() < most) {
            offered.add(row);
        } else if (!reading && caughtUp && keys < most) {
            if (add(row)) {
                lanes.accept(row);
            }
            size = known.size();
        } else {
            behind(row);
        }
    }

    private void behind(DeliveryRow row) {
        caughtUp = false;
        position.tell(row.messageId());
        dirty = true;
    }

    boolean wanted() {
        return (dirty || more) && keys <= most / 2;
    }

    /** Under the lock: forgets everything but these. */
    void beginWith(List<Batch> begun) {
        known.clear();
        keys = 0;
        crossings.clear();
        begun.forEach(batch -> batch.rows().forEach(this::add));
        size = known.size();
        changed();
    }

    /** Reads on, in the order of receipt. */
    void fill(Consumer<DeliveryRow> lanes) throws SQLException {
        boolean alone = outbox.isAlone();
        if (!alone) {
            guard.locked(() -> caughtUp = false);
        }
        if (keys > most / 2 || caughtUp && !dirty && !position.isWholeDue(size == 0)) {
            return;
        }
        dirty = false;
        guard.locked(() -> {
            reading = true;
            // What is queued from here on is either read or offered, or both.
            caughtUp = alone;
            settledWhileReading.clear();
        });
        int limit = most + size;
        // What another node stores comes without a word, and may be older than what this one was told of.
        long from = position.from(size == 0 || !alone);
        List<DeliveryRow> rows = null;
        try {
            rows = outbox.open(how.destination(), from, limit);
        } finally {
            List<DeliveryRow> read = rows;
            guard.locked(() -> conclude(read, from, limit, lanes));
        }
        more = rows.size() == limit;
    }

    private void conclude(List<DeliveryRow> read, long from, int limit, Consumer<DeliveryRow> lanes) {
        reading = false;
        if (read == null) {
            caughtUp = false;
            position.tell(from);
        } else {
            caughtUp &= read.size() < limit;
            read.stream().filter(this::isNew).forEach(lanes);
            if (!read.isEmpty()) {
                long next = read.get(read.size() - 1).messageId() + 1;
                position.readTo(next);
                readUpTo = Math.max(readUpTo, next);
            }
        }
        for (DeliveryRow row : offered) {
            if (!caughtUp) {
                behind(row);
            } else if (isNew(row)) {
                lanes.accept(row);
            }
        }
        offered.clear();
        size = known.size();
    }

    /** What was settled since the read began is still open in what was read. */
    private boolean isNew(DeliveryRow row) {
        if (settledWhileReading.contains(row.messageId())) {
            return false;
        }
        if (keys >= most && !known.containsKey(row.messageId())) {
            behind(row);
            return false;
        }
        return add(row);
    }

    private boolean add(DeliveryRow row) {
        if (known.putIfAbsent(row.messageId(), row) != null) {
            return false;
        }
        keys += row.keys().size();
        crossings.add(row, known.values());
        return true;
    }

    /** Under the lock: those that concern several patients. */
    Crossings crossings() {
        return crossings;
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
            if (known.remove(row.messageId()) != null) {
                keys -= row.keys().size();
            }
            crossings.through(row);
            if (reading) {
                settledWhileReading.add(row.messageId());
            }
        }
        size = known.size();
    }
}
