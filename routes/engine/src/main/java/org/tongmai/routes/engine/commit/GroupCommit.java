package org.tongmai.routes.engine.commit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.standards.error.CodedException;

/**
 * Commits what many callers submit in few transactions. One thread takes what has gathered while the last commit was
 * under way, writes it in one transaction, and only then completes the futures: a lone item waits for nobody and a crowd
 * shares one fsync.
 *
 * <p>An item that the database refuses harms only itself: the batch is halved until it is alone. A database that is
 * away fails the whole batch with a retryable error. Connections are taken a batch, so a new one is used by itself;
 * the data source must be a pool, with a socket timeout.
 */
public final class GroupCommit<T, R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int CONFLICT_RETRIES = 5;

    private final String name;
    private final DataSource dataSource;
    private final BatchWriter<T, R> writer;
    private final Settings settings;
    private final BlockingQueue<Item<T, R>> queue;
    private final DistributionSummary batchSizes;
    private final Timer commits;
    private final Thread thread;
    private volatile boolean closing;
    private volatile long begunAt;
    private volatile boolean paced;
    private long endedAt;
    private boolean away;

    /**
     * How a group commit runs.
     *
     * @param capacity items that may wait; more are refused at once
     * @param batch most items in a transaction
     * @param failures coded words for failures
     * @param completions runs the completion of a batch; {@code Runnable::run} when that is cheap
     * @param meters where batch size and commit time are recorded, once a batch
     * @param pace how commits follow each other
     */
    public record Settings(
            int capacity, int batch, CommitFailures failures, Executor completions, MeterRegistry meters, Pace pace) {

        /** A commit follows the other as soon as something waits. */
        public Settings(int capacity, int batch, CommitFailures failures, Executor completions, MeterRegistry meters) {
            this(capacity, batch, failures, completions, meters, Pace.NONE);
        }
    }

    /**
     * How commits follow each other: what comes in between shares one. Whoever comes later than that after the last one
     * does not wait.
     *
     * @param least time from the end of one commit to the begin of the next
     * @param enough so many items do not wait for that time to pass
     */
    public record Pace(Duration least, int enough) {
        /** One follows the other as soon as something waits. */
        public static final Pace NONE = new Pace(Duration.ZERO, Integer.MAX_VALUE);
    }

    public GroupCommit(String name, DataSource dataSource, BatchWriter<T, R> writer, Settings settings) {
        this.name = name;
        this.dataSource = dataSource;
        this.writer = writer;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.capacity());
        this.batchSizes = DistributionSummary.builder("tongmai.commit.batch")
                .tag("commit", name)
                .register(settings.meters());
        this.commits = Timer.builder("tongmai.commit.time").tag("commit", name).register(settings.meters());
        settings.meters()
                .gaugeCollectionSize(
                        "tongmai.commit.waiting", List.of(io.micrometer.core.instrument.Tag.of("commit", name)), queue);
        this.endedAt = System.nanoTime() - settings.pace().least().toNanos();
        this.thread = new Thread(this::run, "commit-" + name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /**
     * Hands an item over. The future completes after the commit; exceptionally with a {@link CodedException} when the
     * item was not committed, or when it is not known whether it was because the connection broke.
     */
    public CompletableFuture<R> submit(T value) {
        Item<T, R> item = new Item<>(value, new CompletableFuture<>());
        if (closing || !queue.offer(item)) {
            item.future.completeExceptionally(settings.failures().full(settings.capacity()));
        } else if (closing && !thread.isAlive() && queue.remove(item)) {
            item.future.completeExceptionally(settings.failures().full(settings.capacity()));
        } else if (paced && enough()) {
            LockSupport.unpark(thread);
        }
        return item.future;
    }

    /** How long the batch that is being written has been under way: grows while the database does not answer; else 0. */
    public Duration underWay() {
        long begun = begunAt;
        return begun == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - begun));
    }

    /** Takes nothing new, commits what waits, and ends. What can not be committed then fails: no future stays open. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Handed over just when the thread had seen that nothing waits; or the database hangs.
        List<Item<T, R>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(
                item -> item.future.completeExceptionally(settings.failures().full(settings.capacity())));
    }

    private void run() {
        List<Item<T, R>> batch = new ArrayList<>(settings.batch());
        while (true) {
            Item<T, R> first = next();
            if (first == null) {
                if (closing && queue.isEmpty()) {
                    return;
                }
                continue;
            }
            keepPace();
            batch.add(first);
            queue.drainTo(batch, settings.batch() - 1);
            long begun = System.nanoTime();
            begunAt = begun == 0 ? 1 : begun;
            commit(new ArrayList<>(batch));
            batch.clear();
            begunAt = 0;
            endedAt = System.nanoTime();
        }
    }

    private void keepPace() {
        paced = true;
        long least = settings.pace().least().toNanos();
        for (long rest = least - sinceLast(); rest > 0 && !enough() && !closing; rest = least - sinceLast()) {
            LockSupport.parkNanos(rest);
        }
        paced = false;
    }

    private long sinceLast() {
        return System.nanoTime() - endedAt;
    }

    /** One is in hand already. */
    private boolean enough() {
        return queue.size() + 1 >= settings.pace().enough();
    }

    private Item<T, R> next() {
        try {
            return queue.poll(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only close() ends this thread: an interrupt from outside must not lose what waits.
            return null;
        }
    }

    private void commit(List<Item<T, R>> batch) {
        for (int attempt = 1; ; attempt++) {
            List<R> answers;
            try {
                answers = transact(batch);
            } catch (SQLException e) {
                SqlFailure failure = SqlFailure.of(e);
                if (failure == SqlFailure.DATA) {
                    isolate(batch, e);
                    return;
                }
                if (failure == SqlFailure.UNAVAILABLE || attempt == CONFLICT_RETRIES) {
                    warnOnce(e);
                    fail(batch, settings.failures().unavailable(e));
                    return;
                }
                continue;
            } catch (RuntimeException e) {
                isolate(batch, e);
                return;
            } catch (Error e) {
                fail(batch, settings.failures().unavailable(new IllegalStateException(e)));
                return;
            }
            succeed(batch, answers); // what is committed is not written again, whatever becomes of its answers
            return;
        }
    }

    private List<R> transact(List<Item<T, R>> batch) throws SQLException {
        long start = System.nanoTime();
        List<T> values = new ArrayList<>(batch.size());
        batch.forEach(item -> values.add(item.value));
        List<R> answers;
        try (Connection connection = dataSource.getConnection()) {
            answers = Sql.transaction(connection, transaction -> {
                List<R> written = writer.write(transaction, values);
                if (written.size() != batch.size()) {
                    throw new IllegalStateException("answers: " + written.size() + " (expected: " + batch.size() + ")");
                }
                return written;
            });
        }
        commits.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        batchSizes.record(batch.size());
        return answers;
    }

    private void isolate(List<Item<T, R>> batch, Exception cause) {
        if (batch.size() == 1) {
            fail(
                    batch,
                    cause instanceof CodedException coded
                            ? coded
                            : settings.failures().rejected(cause));
            return;
        }
        int half = batch.size() / 2;
        commit(batch.subList(0, half));
        commit(batch.subList(half, batch.size()));
    }

    private void succeed(List<Item<T, R>> batch, List<R> answers) {
        if (away) {
            away = false;
            LOG.info("Commit {} works again.", name);
        }
        writer.committed();
        settings.completions().execute(() -> {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).future.complete(answers.get(i));
            }
        });
    }

    private void fail(List<Item<T, R>> batch, CodedException failure) {
        writer.failed(batch.stream().map(Item::value).toList(), failure);
        settings.completions().execute(() -> batch.forEach(item -> item.future.completeExceptionally(failure)));
    }

    private void warnOnce(SQLException cause) {
        if (!away) {
            away = true;
            LOG.warn("Commit {} fails: the database answers SQLSTATE {}.", name, cause.getSQLState());
        }
    }

    private record Item<T, R>(T value, CompletableFuture<R> future) {}
}
