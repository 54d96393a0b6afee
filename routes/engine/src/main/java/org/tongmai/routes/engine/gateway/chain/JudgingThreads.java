package org.tongmai.routes.engine.gateway.chain;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.exchange.HttpContent;

/**
 * Where contents are judged that take the longer the larger they are, so that the threads of connections go on meanwhile: those
 * in files, which wait for the disk, and those in memory that are not small.
 */
final class JudgingThreads {
    /** Bytes up to which a content is judged on its connection's thread. */
    static final int SMALL = 32 * 1024;

    /** How large contents in files may be together the spool says. */
    static final JudgingThreads OF_FILES = new JudgingThreads("gateway-large-contents", 2, Long.MAX_VALUE);

    static final JudgingThreads OF_MEMORY = new JudgingThreads(
            "gateway-contents", Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 32L * 1024 * 1024);

    private static final int WAITING = 1_000;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final long share;
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();

    /** @param share bytes of one sender (address, network of IPv6) that wait and are judged; one content may be more */
    private JudgingThreads(String name, int count, long share) {
        this.share = share;
        this.threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Judges at once where the content is small, otherwise on other threads. */
    static CompletableFuture<Void> judge(Passage passage, Supplier<CompletableFuture<Void>> step) {
        HttpContent content = passage.received().content();
        if (!content.isHeld()) {
            return OF_FILES.run(passage.addressKey(), content.length(), step);
        }
        return content.length() > SMALL ? OF_MEMORY.run(passage.addressKey(), content.length(), step) : step.get();
    }

    /**
     * Completes when the step is done; fails with what it throws, or {@link GatewayError#TOO_MANY_LARGE}.
     *
     * @param length of what is judged, in bytes
     */
    CompletableFuture<Void> run(String sender, long length, Supplier<CompletableFuture<Void>> step) {
        if (!taken(sender, length)) {
            return full("of one sender at most " + share + " bytes");
        }
        try {
            return CompletableFuture.supplyAsync(step, threads)
                    .whenComplete((done, failure) -> release(sender, length))
                    .thenCompose(done -> done);
        } catch (RejectedExecutionException e) {
            release(sender, length);
            return full("at most " + WAITING);
        }
    }

    private boolean taken(String sender, long length) {
        boolean[] taken = new boolean[1];
        bytes.compute(sender, (key, before) -> {
            taken[0] = before == null || before + length <= share;
            return taken[0] ? Long.valueOf(before == null ? length : before + length) : before;
        });
        return taken[0];
    }

    private void release(String sender, long length) {
        bytes.computeIfPresent(sender, (key, before) -> before > length ? Long.valueOf(before - length) : null);
    }

    private static CompletableFuture<Void> full(String expected) {
        return CompletableFuture.failedFuture(new Refused(GatewayError.TOO_MANY_LARGE, "", "expected: " + expected));
    }
}
