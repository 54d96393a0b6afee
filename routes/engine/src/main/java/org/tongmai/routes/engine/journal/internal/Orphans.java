package org.tongmai.routes.engine.journal.internal;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.standards.exchange.Outcome;

/**
 * Messages of the journal that were begun, were not settled, and must be taken up again. While there is one of a patient,
 * nothing newer of the patient is begun, and nothing newer that was begun already is settled.
 */
final class Orphans {
    private static final long LONGEST_SECONDS = 60;

    private final Intake.Under under;
    private final ConcurrentSkipListMap<Long, Orphan> orphans = new ConcurrentSkipListMap<>();
    /** Their numbers by key, in order. */
    private final ConcurrentHashMap<String, TreeSet<Long>> byKey = new ConcurrentHashMap<>();

    Orphans(Intake.Under under) {
        this.under = under;
    }

    /** Adds one unless it is there, and holds its key. */
    void adopt(RecoveryTables.Unsettled message, int counted) {
        Orphan orphan = new Orphan(message.id(), message.keys(), counted, 0, 0);
        if (orphans.putIfAbsent(message.id(), orphan) == null) {
            message.keys()
                    .forEach(key -> byKey.compute(key, (any, known) -> {
                        TreeSet<Long> of = known == null ? new TreeSet<>() : known;
                        of.add(message.id());
                        return of;
                    }));
            under.inFlight().begin(message.id(), message.keys());
            message.keys().forEach(under.workers()::hold);
        }
    }

    /** Takes note of a message under way here that could not be settled. */
    void unsettled(long id) {
        List<String> keys = under.inFlight().keysOf(id);
        if (!keys.isEmpty()) {
            adopt(new RecoveryTables.Unsettled(id, keys), 0);
        }
    }

    /** Whether an earlier message of one of its keys must be settled first. */
    boolean mustWait(long id) {
        if (orphans.isEmpty()) {
            return false;
        }
        for (String key : under.inFlight().keysOf(id)) {
            if (first(key) < id) {
                return true;
            }
        }
        return false;
    }

    /** The first of the key; the highest number when there is none. */
    private long first(String key) {
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        byKey.computeIfPresent(key, (any, known) -> {
            first.set(known.first());
            return known;
        });
        return first.get();
    }

    boolean contains(long id) {
        return orphans.containsKey(id);
    }

    int count() {
        return orphans.size();
    }

    /** In the order of the journal. */
    Collection<Orphan> all() {
        return orphans.values();
    }

    void begun(Orphan orphan) {
        orphans.computeIfPresent(orphan.id(), (id, known) -> known.begun());
    }

    void later(Orphan orphan) {
        orphans.computeIfPresent(orphan.id(), (id, known) -> known.later());
    }

    /** It is settled: what waits of its key goes on. */
    void end(Orphan orphan, Outcome outcome) {
        orphans.remove(orphan.id());
        orphan.keys()
                .forEach(key -> byKey.computeIfPresent(key, (any, known) -> {
                    known.remove(orphan.id());
                    return known.isEmpty() ? null : known;
                }));
        under.inFlight().finish(orphan.id(), outcome);
        for (String key : orphan.keys()) {
            under.workers().letGo(key, () -> byKey.containsKey(key));
        }
    }

    /**
     * A message to take up again.
     *
     * @param keys its ordering keys
     * @param counted 1 when the next beginning counts as an attempt: after a crash
     * @param tries how often it was tried by this run
     * @param dueAt nanoTime of the next try
     */
    record Orphan(long id, List<String> keys, int counted, int tries, long dueAt) {
        private Orphan begun() {
            return new Orphan(id, keys, 0, tries, dueAt);
        }

        private Orphan later() {
            long seconds = Math.min(LONGEST_SECONDS, 1L << Math.min(tries, 6));
            return new Orphan(id, keys, 0, tries + 1, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        }
    }
}
