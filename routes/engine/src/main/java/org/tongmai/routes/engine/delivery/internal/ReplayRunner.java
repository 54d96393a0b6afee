package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.delivery.DeliverySettings;
import org.tongmai.routes.engine.delivery.Replays.MissingRow;
import org.tongmai.routes.engine.delivery.internal.ReplayTables.Running;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.routes.engine.node.Lease;
import org.tongmai.standards.error.CodedException;

/** Runs selections on a thread of its own, oldest message first, at most so many a second, until stopped. */
public final class ReplayRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);

    private final ReplayTables tables;
    private final ReplayCall call;
    private final Journal journal;
    private final Lease lease;
    private final DeliverySettings settings;
    private final Set<Long> stopped = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;
    private long leaseUntil = System.nanoTime();

    /** One message of a selection. */
    private record Item(long id, String feed) {}

    public ReplayRunner(ReplayTables tables, ReplayCall call, Journal journal, Lease lease, DeliverySettings settings) {
        this.tables = tables;
        this.call = call;
        this.journal = journal;
        this.lease = lease;
        this.settings = settings;
        this.thread = LastingWork.thread("replay", this::loop, () -> {});
    }

    public void start() {
        thread.start();
    }

    public void signal() {
        LockSupport.unpark(thread);
    }

    /** Takes effect before the next message. */
    public void stop(long replayId) {
        stopped.add(replayId);
        signal();
    }

    public void close(Duration patience) {
        closed = true;
        signal();
        try {
            thread.join(patience.toMillis());
            lease.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.debug("The lease of the replays was not given back; it will run out.", e);
        }
    }

    private void loop() {
        boolean away = false;
        while (!closed) {
            try {
                Optional<Running> next = holdsLease() ? tables.running() : Optional.empty();
                if (next.isPresent()) {
                    run(next.get());
                } else {
                    LockSupport.parkNanos(settings.poll().toNanos());
                }
                away = false;
            } catch (SQLException | CodedException e) {
                if (!away) {
                    LOG.warn("Replays wait: {}", Failure.of(e).cause());
                }
                away = true;
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private boolean holdsLease() throws SQLException {
        long now = System.nanoTime();
        if (leaseUntil - now > settings.lease().toNanos() / 2) {
            return true;
        }
        boolean held = lease.hold(settings.lease());
        leaseUntil = held ? now + settings.lease().toNanos() : now;
        return held;
    }

    private void run(Running replay) throws SQLException {
        List<Item> items = select(replay);
        if (closed || stopped.contains(replay.id())) {
            return; // what was selected is not everything: nothing is finished
        }
        int replayed = replay.replayed();
        tables.selected(replay.id(), replayed + items.size());
        long begun = System.nanoTime();
        long interval = TimeUnit.SECONDS.toNanos(1) / replay.perSecond();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (!waitUntil(begun + i * interval, replay.id())) {
                return;
            }
            boolean before = i == 0 && tables.hasChild(item.id(), replay.upTo());
            boolean due = !before && (replay.cause() == null || isRepairable(item));
            if (due && !replay(replay.id(), item)) {
                return;
            }
            replayed += due || before ? 1 : 0;
            if (!tables.advance(replay.id(), item.id(), replayed)) {
                return;
            }
        }
        tables.finish(replay.id());
    }

    /** Oldest first. Only numbers and feeds are kept, so a million of them is some tens of megabytes. */
    private List<Item> select(Running replay) {
        List<Item> items = new ArrayList<>();
        long before = replay.upTo() + 1;
        while (!closed && !stopped.contains(replay.id())) {
            List<JournalEntry> page = journal.find(page(replay.selection(), before));
            for (JournalEntry entry : page) {
                if (entry.id() > replay.position() && (replay.cause() == null || failedFor(replay.cause(), entry))) {
                    items.add(new Item(entry.id(), entry.feed().intern()));
                }
            }
            if (page.size() < replay.selection().limit()
                    || page.get(page.size() - 1).id() <= replay.position()) {
                break;
            }
            before = page.get(page.size() - 1).id();
        }
        Collections.reverse(items);
        return items;
    }

    /** A message that failed for a row that was missing; not a replay of one: that would be played twice. */
    private static boolean failedFor(MissingRow cause, JournalEntry entry) {
        String[] sender = entry.keys().sender().split("\\|", -1);
        String who = sender.length > 1 && !sender[1].isEmpty() ? sender[1] : sender[0];
        boolean same = who.equals(cause.sender()) || who.startsWith(cause.sender() + "^");
        String words = "is not in " + cause.conceptMap();
        return same
                && entry.parentId() == 0
                && entry.issues().stream()
                        .anyMatch(issue -> issue.contains(words + ")") || issue.contains(words + ","));
    }

    /** Whether the message would be taken now and no earlier replay of it was. */
    private boolean isRepairable(Item item) throws SQLException {
        return !tables.hasStoredChild(item.id()) && call.wouldBeMapped(item.id());
    }

    private static MessageQuery page(MessageQuery query, long before) {
        return new MessageQuery(
                query.patient(),
                query.controlId(),
                query.type(),
                query.sender(),
                query.feed(),
                query.states(),
                query.from(),
                query.to(),
                before,
                query.limit());
    }

    /** Answers false when it was stopped or this node closes. */
    private boolean waitUntil(long time, long replayId) throws SQLException {
        while (!closed && !stopped.contains(replayId)) {
            if (!holdsLease()) {
                return false;
            }
            long remaining = time - System.nanoTime();
            if (remaining <= 0) {
                return true;
            }
            LockSupport.parkNanos(Math.min(remaining, settings.poll().toNanos()));
        }
        return false;
    }

    /** Tries until the feed takes it or refuses its content; rests longer with each failure. */
    private boolean replay(long replayId, Item item) throws SQLException {
        for (int failures = 0; ; failures++) {
            try {
                call.replay(item.id(), item.feed());
                return true;
            } catch (CodedException e) {
                if (!e.retryable()) {
                    LOG.warn("Message {} was not replayed: {}", item.id(), e.getMessage());
                    return true;
                }
            }
            long rest = settings.firstBackOff().toNanos() << Math.min(failures, 20);
            long longest = settings.longestBackOff().toNanos();
            if (!waitUntil(System.nanoTime() + Math.min(rest, longest), replayId)) {
                return false;
            }
        }
    }
}
