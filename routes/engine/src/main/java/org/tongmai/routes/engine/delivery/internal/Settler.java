package org.tongmai.routes.engine.delivery.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.commit.CommitFailures;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.delivery.DeliveryError;
import org.tongmai.routes.engine.delivery.DeliverySetup;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;

/** Writes outcomes of all destinations by one group commit, and does not give up while the database is away. */
public final class Settler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final int CAPACITY = 32_768;
    private static final int BATCH = 512;
    private static final long AGAIN_MILLIS = 500;
    /** Once a minute. */
    private static final int TOLD_EVERY = 120;

    private final GroupCommit<List<Settlement>, Boolean> commit;
    private final ScheduledExecutorService later;
    private volatile boolean closing;

    public Settler(DeliverySetup setup) {
        this.commit = new GroupCommit<>(
                "delivery",
                setup.dataSource(),
                new SettlementWriter(setup.node().name()),
                new GroupCommit.Settings(CAPACITY, BATCH, new Failures(), Runnable::run, setup.meters()));
        this.later = LastingWork.timer("delivery-settle-again");
    }

    /** Writes all or nothing; completes when it is durable, exceptionally only when the node is going down. */
    CompletableFuture<Void> settle(List<Settlement> settlements) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        attempt(settlements, done, 0);
        return done;
    }

    /** Writes once; whether it worked does not matter. */
    void note(Settlement settlement) {
        commit.submit(List.of(settlement));
    }

    private void attempt(List<Settlement> settlements, CompletableFuture<Void> done, int failures) {
        commit.submit(settlements).whenComplete((ok, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else if (closing) {
                done.completeExceptionally(failure);
            } else {
                boolean refused = !(failure instanceof CodedException coded) || !coded.retryable();
                if (refused && failures % TOLD_EVERY == 0) {
                    LOG.error(
                            "{} {} of {} for the {}. time, it is tried again: {}",
                            DeliveryError.NOT_SETTLED.code(),
                            settlements.get(0).kind(),
                            settlements.get(0).destination(),
                            failures + 1,
                            FailureFacts.place(failure));
                }
                Runnable again = LastingWork.task(() -> attempt(settlements, done, failures + 1));
                later.schedule(again, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        commit.close();
        later.shutdownNow();
    }

    private static final class Failures implements CommitFailures {
        @Override
        public CodedException full(int capacity) {
            return new CodedException(Issue.of(DeliveryError.QUEUE_FULL, "", "capacity " + capacity));
        }

        @Override
        public CodedException unavailable(Exception cause) {
            return new CodedException(Issue.of(DeliveryError.DATABASE_AWAY, "", ""), cause);
        }

        @Override
        public CodedException rejected(Exception cause) {
            return new CodedException(Issue.of(DeliveryError.NOT_SETTLED, "", ""), cause);
        }
    }
}
