package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.delivery.internal.Failure.Blame;
import org.tongmai.standards.error.CodedException;

/**
 * One line of a destination's queue: a thread that forms batches and sends them one after the other. A patient is
 * always in the same lane, so never under way twice, and in order.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long CLOSING_CHECK_MILLIS = 200;

    private final DestinationQueue queue;
    private final Deque<Queued> waiting = new ArrayDeque<>();
    /** Batches to be sent before any new one is formed: begun before a crash, failed, or halves of a refused one. */
    private final Deque<Batch> formed = new ArrayDeque<>();

    private volatile boolean working;

    private record Queued(DeliveryRow row, long at) {}

    Lane(DestinationQueue queue) {
        this.queue = queue;
    }

    // --- under the queue's lock ---

    /** Answers whether the lane is to look: it had nothing that could go, or a batch is full. */
    boolean add(DeliveryRow row) {
        waiting.add(new Queued(row, System.nanoTime()));
        return waiting.size() == 1 || waiting.size() == queue.how().batch() || queue.holdsBack();
    }

    void addBegun(List<Batch> batches) {
        formed.addAll(batches);
    }

    void clear() {
        waiting.clear();
        formed.clear();
    }

    /** Whether a lane has something in its hands. */
    static boolean anyWorks(Lane... lanes) {
        for (Lane lane : lanes) {
            if (lane.working) {
                return true;
            }
        }
        return false;
    }

    void works(boolean now) {
        working = now;
    }

    boolean hasFormed() {
        return !formed.isEmpty();
    }

    /** Says whether one of them has something to send that need not wait behind what is set aside. */
    static boolean anyHasWork(SetAside aside, Lane... lanes) {
        for (Lane lane : lanes) {
            if (!lane.formed.isEmpty() || lane.firstFree(aside) != null) {
                return true;
            }
        }
        return false;
    }

    private Queued firstFree(SetAside aside) {
        if (aside.isEmpty() && queue.crossings().isEmpty()) {
            return waiting.peek();
        }
        return waiting.stream()
                .filter(queued -> free(queued.row, aside))
                .findFirst()
                .orElse(null);
    }

    private boolean free(DeliveryRow row, SetAside aside) {
        return !aside.holds(row) && queue.crossings().free(row);
    }

    /** What waits for something set aside must not keep back what does not. */
    void makeWay(SetAside aside) {
        while (!formed.isEmpty() && aside.holds(formed.peek())) {
            aside.queue(formed.poll(), System.nanoTime());
        }
    }

    /** Answers 0 when a batch is ready, otherwise nanoseconds after which one may be. */
    long form(SetAside aside) {
        if (!formed.isEmpty()) {
            return 0;
        }
        Queued first = firstFree(aside);
        if (first == null) {
            return Long.MAX_VALUE;
        }
        int size = queue.how().batch();
        long remaining = first.at + queue.how().linger().toNanos() - System.nanoTime();
        if (waiting.size() < size && remaining > 0) {
            return remaining;
        }
        List<DeliveryRow> rows = new ArrayList<>(Math.min(size, waiting.size()));
        for (Iterator<Queued> all = waiting.iterator(); all.hasNext() && rows.size() < size; ) {
            DeliveryRow row = all.next().row;
            if (free(row, aside)) {
                rows.add(row);
                all.remove();
            }
        }
        formed.add(Batch.of(0, rows));
        return 0;
    }

    Batch take() {
        return formed.poll();
    }

    void putBack(List<Batch> batches) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            formed.addFirst(batches.get(i));
        }
    }

    // --- on the lane's own thread ---

    @Override
    public void run() {
        for (Batch batch = queue.next(this); batch != null; batch = queue.next(this)) {
            work(batch);
        }
    }

    private void work(Batch batch) {
        Batch begun = batch;
        RouteCall.Answer answer;
        try {
            if (batch.id() == 0) {
                begun = begin(batch);
            }
            answer = queue.call().send(begun);
        } catch (SQLException | CodedException | CompletionException e) {
            answer = RouteCall.Answer.failed(Failure.of(e));
        }
        conclude(begun, answer);
    }

    /** Makes the batch's number durable before anything leaves. A single's number is its message's: nothing to write. */
    private Batch begin(Batch batch) throws SQLException {
        if (queue.how().batch() == 1) {
            return batch.withId(batch.rows().get(0).messageId());
        }
        Batch numbered = batch.withId(queue.tables().nextBatch());
        awaitDurable(queue.settler().settle(List.of(Settlement.begun(queue.id(), numbered))));
        return numbered;
    }

    private void conclude(Batch batch, RouteCall.Answer answer) {
        Failure failure = answer.failure();
        if (failure == null) {
            queue.answered();
            Settlement delivered = Settlement.delivered(queue.id(), batch, answer.told());
            settle(batch, delivered, () -> queue.delivered(batch));
        } else if (failure.blame() == Blame.CONTENT) {
            refuse(batch, failure);
        } else if (failure.blame() == Blame.DESTINATION || batch.id() == 0) {
            rest(batch, failure);
            queue.putBack(this, batch);
        } else if (queue.setAside(batch)) {
            rest(batch, failure);
        } else {
            refuse(batch, failure);
        }
    }

    private void rest(Batch batch, Failure failure) {
        Duration rest = queue.failed(failure);
        Instant next = Instant.now().plus(rest);
        queue.settler().note(Settlement.retried(queue.id(), batch, failure, next));
    }

    private void refuse(Batch batch, Failure failure) {
        queue.answered();
        if (batch.rows().size() == 1) {
            settle(batch, Settlement.parked(queue.id(), batch, failure), () -> queue.parked(batch, failure));
        } else {
            split(batch);
        }
    }

    /** One of them is refused; which one, halving tells, and only that one is parked. */
    private void split(Batch batch) {
        try {
            List<Batch> halves = new ArrayList<>(2);
            List<Settlement> begun = new ArrayList<>(2);
            for (Batch half : batch.halves()) {
                Batch numbered = half.withId(queue.tables().nextBatch());
                halves.add(numbered);
                begun.add(Settlement.begun(queue.id(), numbered));
            }
            awaitDurable(queue.settler().settle(begun));
            queue.replace(this, batch, halves);
        } catch (SQLException | CompletionException e) {
            queue.failed(Failure.of(e));
            queue.putBack(this, batch);
        }
    }

    private void settle(Batch batch, Settlement settlement, Runnable settled) {
        CompletableFuture<Void> written =
                queue.settler().settle(List.of(settlement)).thenRun(settled);
        if (queue.how().batch() > 1) {
            return;
        }
        // A batch that comes again is recognised by its number; a single may not be: after a crash at most one a lane.
        try {
            awaitDurable(written);
        } catch (CompletionException e) {
            LOG.debug("{} closes before an outcome was written; the delivery comes again.", queue.id(), e);
        }
    }

    /** Waits as long as the queue is open; a node that goes down while the database is away does not wait for it. */
    private void awaitDurable(CompletableFuture<Void> written) {
        while (true) {
            try {
                written.get(CLOSING_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (queue.closed()) {
                    throw new CompletionException(e);
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
    }
}
