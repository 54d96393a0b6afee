package org.tongmai.routes.engine.gateway.chain;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;

/** Where contents in files are judged: that waits for the disk, and takes the longer the larger they are. */
final class DiskThreads {
    private static final int THREADS = 2;
    private static final int WAITING = 1_000;
    private static final int IDLE_SECONDS = 10;
    private static final ThreadPoolExecutor ALL = all();

    private DiskThreads() {}

    private static ThreadPoolExecutor all() {
        ThreadPoolExecutor all = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "gateway-large-contents");
                    thread.setDaemon(true);
                    return thread;
                });
        all.allowCoreThreadTimeOut(true);
        return all;
    }

    /** Completes when the task is done; fails with what it throws, or {@link GatewayError#TOO_MANY_LARGE}. */
    static CompletableFuture<Void> run(Runnable task) {
        try {
            return CompletableFuture.runAsync(task, ALL);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(
                    new Refused(GatewayError.TOO_MANY_LARGE, "", "expected: at most " + WAITING));
        }
    }
}
