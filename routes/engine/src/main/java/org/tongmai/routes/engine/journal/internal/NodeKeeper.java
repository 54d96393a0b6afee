package org.tongmai.routes.engine.journal.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.routes.engine.node.NodeError;
import org.tongmai.routes.engine.node.Nodes;

/** Keeps a node alive: beats its heart, makes tomorrow's partitions, takes over from the dead, takes up what broke. */
final class NodeKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
    private static final int DAYS_AHEAD = 3;

    private final Nodes nodes;
    private final Recovery recovery;
    private final DayPartitions partitions;
    private final JournalSettings settings;
    private final ScheduledExecutorService heart = LastingWork.timer("journal-heart");
    private final ScheduledExecutorService taker = LastingWork.timer("journal-recovery");
    private volatile boolean fenced;

    NodeKeeper(Nodes nodes, Recovery recovery, DayPartitions partitions, JournalSettings settings) {
        this.nodes = nodes;
        this.recovery = recovery;
        this.partitions = partitions;
        this.settings = settings;
    }

    /** Makes the next days' partitions, holds what was left unfinished, and starts the heart. */
    void start() throws SQLException {
        makeDays();
        recovery.adopt(1);
        long beat = Math.max(100, settings.lease().toMillis() / 3);
        heart.scheduleWithFixedDelay(guarded(this::beat), beat, beat, TimeUnit.MILLISECONDS);
    }

    void recover() {
        long beat = Math.max(100, settings.lease().toMillis() / 3);
        taker.scheduleWithFixedDelay(guarded(this::takeUp), 0, 200, TimeUnit.MILLISECONDS);
        taker.scheduleWithFixedDelay(guarded(this::sweep), beat, beat, TimeUnit.MILLISECONDS);
    }

    /** Whether a newer process has this node's name, and with it its numbers. */
    boolean fenced() {
        return fenced;
    }

    private void beat() throws SQLException {
        if (!nodes.beat() && !fenced) {
            fenced = true;
            LOG.error("{} {}", NodeError.FENCED.code(), NodeError.FENCED.summary());
        }
        makeDays();
    }

    private void takeUp() throws SQLException {
        while (!fenced && recovery.waiting() > 0 && recovery.pass()) {
            // The next window.
        }
    }

    private void sweep() throws SQLException {
        if (fenced) {
            return;
        }
        recovery.adopt(0);
        for (String dead : nodes.dead()) {
            recovery.takeOver(dead);
        }
    }

    private void makeDays() throws SQLException {
        LocalDate today = Instant.now().atOffset(MessageIds.ZONE).toLocalDate();
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            partitions.ensure(today.plusDays(ahead));
        }
    }

    private static Runnable guarded(Work work) {
        AtomicBoolean away = new AtomicBoolean();
        return LastingWork.task(() -> {
            try {
                work.run();
                away.set(false);
            } catch (SQLException e) {
                if (!away.getAndSet(true)) {
                    LOG.warn(
                            "{} Node keeping fails: the database answers SQLSTATE {}.",
                            JournalError.UNAVAILABLE.code(),
                            e.getSQLState());
                }
            }
        });
    }

    @Override
    public void close() {
        heart.shutdownNow();
        taker.shutdownNow();
    }

    /** One round of something that speaks to the database. */
    private interface Work {
        void run() throws SQLException;
    }
}
