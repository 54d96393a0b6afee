package org.tongmai.routes.engine.journal.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.routes.engine.journal.internal.Orphans.Orphan;
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

    private final RecoveryTables tables;
    private final Intake.Under under;
    private final Settler settler;
    private final JournalSettings settings;
    private final Orphans orphans;

    Recovery(RecoveryTables tables, Orphans orphans, Settler settler, Setup setup) {
        this.orphans = orphans;
        this.tables = tables;
        this.under = setup.under();
        this.settler = settler;
        this.settings = setup.settings();
    }

    /** What recovery shares with the intake. */
    record Setup(Intake.Under under, JournalSettings settings) {}

    /** Looks for unsettled messages of this node that nobody works on, and holds their keys. */
    void adopt(int counted) throws SQLException {
        int before = orphans.count();
        for (RecoveryTables.Unsettled message : tables.unsettled()) {
            if (!under.inFlight().contains(message.id())) {
                orphans.adopt(message, counted);
            }
        }
        if (orphans.count() > before) {
            LOG.info("{} unfinished messages are taken up again.", orphans.count() - before);
        }
    }

    int waiting() {
        return orphans.count();
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
        for (Orphan orphan : orphans.all()) {
            if (running.size() == WINDOW) {
                break;
            }
            // Also a message that is not due yet keeps its successors back.
            boolean first = Collections.disjoint(keys, orphan.keys());
            keys.addAll(orphan.keys());
            if (first && orphan.dueAt() - now <= 0) {
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
            orphans.end(orphan, new Outcome(Outcome.Disposition.PROCESSED, orphan.id(), List.of()));
            return CompletableFuture.completedFuture(null);
        }
        orphans.begun(orphan);
        if (begun.get().attempts() > settings.maxAttempts()) {
            return park(orphan, begun.get().attempts());
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        under.workers().executeHeld(orphan.keys().get(0), () -> under.runner()
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
                orphans.end(orphan, Settler.refused(orphan.id(), List.of(cause)));
            }
            return null;
        });
    }

    private void after(Orphan orphan, Outcome outcome) {
        boolean again = outcome == null
                || !outcome.positive() && outcome.issues().get(0).code().retryable();
        if (again) {
            orphans.later(orphan);
        } else {
            orphans.end(orphan, outcome);
        }
    }
}
