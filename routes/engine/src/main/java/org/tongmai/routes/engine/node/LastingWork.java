package org.tongmai.routes.engine.node;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.standards.error.FailureFacts;

/**
 * Work that must not end silently. Whatever it throws, be it an {@link Error}, is logged with a code and the place and
 * without its text, which may quote a message; then the work goes on. Only a failure of the virtual machine itself (no
 * memory, an internal error) is not for the work to survive: that goes to the thread's uncaught exception handler, and
 * the application's ends the process.
 */
public final class LastingWork {
    private static final Logger LOG = LoggerFactory.getLogger(LastingWork.class);
    private static final long REST = TimeUnit.SECONDS.toNanos(1);

    private LastingWork() {}

    /**
     * A daemon thread that does the work until it returns; after a failure it is done again.
     *
     * @param afterFailure puts in order what the failed work left behind, before it is done again
     */
    public static Thread thread(String name, Runnable work, Runnable afterFailure) {
        return daemon(name, () -> {
            while (!survives(work)) {
                survives(afterFailure);
                LockSupport.parkNanos(REST);
            }
        });
    }

    /** One round of a timer or one task of a pool, which neither ends the timer nor vanishes in a future. */
    public static Runnable task(Runnable task) {
        return () -> survives(task);
    }

    /** A timer with one daemon thread; give it {@link #task tasks}. */
    public static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> daemon(name, task));
    }

    private static boolean survives(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Throwable failure) { // an Error too: that is what this class is for
            Thread thread = Thread.currentThread();
            if (FailureFacts.isMachineFailure(failure)) {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
                throw failure;
            }
            LOG.error("{} {}: {}", NodeError.WORK_FAILED.code(), thread.getName(), FailureFacts.place(failure));
            return false;
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
