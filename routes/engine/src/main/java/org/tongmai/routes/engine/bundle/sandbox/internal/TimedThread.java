package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A thread for what may never end. Whoever waits for it waits for a time and is told; what hangs is interrupted, and left
 * where it does not heed that, since Java ends no thread.
 */
public final class TimedThread implements AutoCloseable {
    private final ExecutorService thread;
    private final Duration most;

    /** @param most what one piece of work may take */
    public TimedThread(String name, Duration most) {
        this.most = most;
        this.thread = LastingWork.timer(name);
    }

    /** Begins a piece of work, behind what was begun before. */
    public <T> Future<T> begin(Callable<T> work) {
        return thread.submit(work);
    }

    /**
     * Waits for a piece of work.
     *
     * @param what it is, for whoever reads that it took too long
     * @throws CodedException what the work threw, or {@link SandboxError#TOO_LONG}
     */
    public <T> T await(String what, Future<T> begun) {
        try {
            return begun.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            begun.cancel(true);
            throw new CodedException(
                    Issue.of(SandboxError.TOO_LONG, what, "expected to end in " + most.toSeconds() + " s"), e);
        } catch (InterruptedException e) {
            begun.cancel(true);
            Thread.currentThread().interrupt();
            throw new CodedException(Issue.of(SandboxError.TOO_LONG, what, "it was broken off"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Does a piece of work and waits for it, as {@link #await}. */
    public <T> T call(String what, Callable<T> work) {
        return await(what, begin(work));
    }

    /** Takes no more; what was begun goes on. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
