package org.tongmai.routes.engine.journal.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;

/**
 * Takes up again what was begun and not ended: by a crash of this node, by a database that was away when a message was
 * to be settled, by another node that died. The ordering keys of such messages are held until they are through, so that
 * nothing newer of the same patient overtakes them.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int WINDOW = 64;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RecoveryTables tables;
    private final Intake.Under under;
    private final Settler settler;
    private final JournalSettings settings;
    private final ConcurrentSkipListMap<Long, Orphan> orphans = new ConcurrentSkipListMap<>();

    Recovery(RecoveryTables tables, Intake.Under under, Settler settler, JournalSettings settings) {
        this.tables = tables;
        this.under = under;
        this.settler = settler;
        this.settings = settings;
    }

    /** Looks for unsettled messages of this node that nobody works on, and holds their keys. */
    void adopt(int counted) throws SQLException {
        int before = orphans.size();
        for (RecoveryTables.Unsettled message : tables.unsettled()) {
            if (!under.inFlight().contains(message.id())) {
                adopt(message, counted);
            }
        }
        if (orphans.size() > before) {
            LOG.info("{} unfinished messages are taken up again.", orphans.size() - before);
        }
    }

    private void adopt(RecoveryTables.Unsettled message, int counted) {
        Orphan orphan = new Orphan(message.id(), message.key(), counted, 0, 0);
        if (orphans.putIfAbsent(message.id(), orphan) == null) {
            under.inFlight().begin(message.id(), message.key());
            under.workers().hold(message.key());
        }
    }

    /** Takes note of a message of this node that could not be settled. */
    void unsettled(long id) {
        String key = under.inFlight().keyOf(id);
        if (key != null) {
            adopt(new RecoveryTables.Unsettled(id, key), 0);
        }
    }

    boolean holds(long id) {
        return orphans.containsKey(id);
    }

    int waiting() {
        return orphans.size();
    }

    void takeOver(String dead) throws SQLException {
        int taken = tables.takeOver(dead, settings.lease().toMillis());
        if (taken > 0) {
            LOG.warn("Node {} is dead; {} unfinished messages of it are taken over.", dead, taken);
            adopt(1);
        }
    }

    /** Sends what is due through its feed: in order, of each key one at a time. Answers whether there may be more. */
    boolean pass() throws SQLException {
        long now = System.nanoTime();
        Set<String> keys = new HashSet<>();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Map.Entry<Long, Orphan> entry : orphans.entrySet()) {
            Orphan orphan = entry.getValue();
            // Also a message that is not due yet keeps its successors back.
            if (running.size() < WINDOW && keys.add(orphan.key()) && orphan.dueAt() - now <= 0) {
                running.add(begin(orphan));
            }
        }
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .handle((done, late) -> null)
                .join();
        return !running.isEmpty();
    }

    private CompletableFuture<Void> begin(Orphan orphan) throws SQLException {
        Optional<RecoveryTables.Begun> begun = tables.begin(orphan.id(), orphan.counted());
        if (begun.isEmpty()) {
            // Settled meanwhile; who waits for its answer asks the journal.
            end(orphan, new Outcome(Outcome.Disposition.PROCESSED, orphan.id(), List.of()));
            return CompletableFuture.completedFuture(null);
        }
        orphans.computeIfPresent(orphan.id(), (id, known) -> known.begun());
        if (begun.get().attempts() > settings.maxAttempts()) {
            return park(orphan, begun.get().attempts());
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        under.workers().executeHeld(orphan.key(), () -> under.runner()
                .run(begun.get().journalled())
                .whenComplete((outcome, failure) -> {
                    after(orphan, outcome);
                    done.complete(null);
                }));
        return done;
    }

    private CompletableFuture<Void> park(Orphan orphan, int attempts) {
        Issue cause = Issue.of(
                JournalError.POISON,
                "",
                "found: " + attempts + " attempts, expected: at most " + settings.maxAttempts());
        return settler.park(orphan.id(), cause).handle((settled, failure) -> {
            if (failure == null) {
                LOG.error("{} message {} is parked.", JournalError.POISON.code(), orphan.id());
                end(orphan, Settler.refused(orphan.id(), List.of(cause)));
            }
            return null;
        });
    }

    private void after(Orphan orphan, Outcome outcome) {
        boolean again = outcome == null
                || !outcome.positive() && outcome.issues().get(0).code().retryable();
        if (again) {
            orphans.computeIfPresent(orphan.id(), (id, known) -> known.later());
        } else {
            end(orphan, outcome);
        }
    }

    private void end(Orphan orphan, Outcome outcome) {
        orphans.remove(orphan.id());
        under.inFlight().finish(orphan.id(), outcome);
        under.workers().letGo(orphan.key(), () -> orphans.values().stream()
                .anyMatch(other -> other.key().equals(orphan.key())));
    }

    /**
     * A message to take up again.
     *
     * @param counted 1 when the next beginning counts as an attempt: after a crash
     * @param tries how often it was tried by this run
     * @param dueAt nanoTime of the next try
     */
    private record Orphan(long id, String key, int counted, int tries, long dueAt) {
        Orphan begun() {
            return new Orphan(id, key, 0, tries, dueAt);
        }

        Orphan later() {
            long seconds = Math.min(LONGEST.toSeconds(), 1L << Math.min(tries, 6));
            return new Orphan(id, key, 0, tries + 1, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        }
    }
}
