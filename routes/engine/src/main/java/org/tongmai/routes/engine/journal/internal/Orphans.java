package org.tongmai.routes.engine.journal.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.tongmai.standards.exchange.Outcome;

/**
 * Messages of the journal that were begun, were not settled, and must be taken up again. While there is one of a patient,
 * nothing newer of the patient is begun, and nothing newer that was begun already is settled.
 */
final class Orphans {
    private static final long LONGEST_SECONDS = 60;

    private final Intake.Under under;
    private final ConcurrentSkipListMap<Long, Orphan> orphans = new ConcurrentSkipListMap<>();

    Orphans(Intake.Under under) {
        this.under = under;
    }

    /** Adds one unless it is there, and holds its key. */
    void adopt(RecoveryTables.Unsettled message, int counted) {
        Orphan orphan = new Orphan(message.id(), message.keys(), counted, 0, 0);
        if (orphans.putIfAbsent(message.id(), orphan) == null) {
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
        List<String> keys = under.inFlight().keysOf(id);
        return orphans.headMap(id).values().stream().anyMatch(earlier -> !Collections.disjoint(earlier.keys(), keys));
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
        under.inFlight().finish(orphan.id(), outcome);
        for (String key : orphan.keys()) {
            under.workers().letGo(key, () -> orphans.values().stream()
                    .anyMatch(other -> other.keys().contains(key)));
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
