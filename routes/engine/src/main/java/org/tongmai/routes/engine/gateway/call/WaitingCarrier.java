package org.tongmai.routes.engine.gateway.call;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Carries calls by a route whose steps wait: on a few threads of the service's own, so that it takes none from connections nor
 * from other services, and never longer than the call may take. A step that goes on after that keeps its thread, and what it
 * comes to is told to nobody.
 */
final class WaitingCarrier implements Carrier {
    private static final ScheduledThreadPoolExecutor TIMES = times();
    private static final long IDLE_SECONDS = 10;

    private final String service;
    private final Carrier route;
    private final int room;
    private final ThreadPoolExecutor threads;

    /**
     * @param service whose calls it carries
     * @param route whose steps wait
     * @param atOnce most calls under way
     * @param waiting most calls that wait for one of them to end
     */
    WaitingCarrier(String service, Carrier route, int atOnce, int waiting) {
        this.service = service;
        this.route = route;
        this.room = atOnce + waiting;
        BlockingQueue<Runnable> queue = waiting == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waiting);
        this.threads = new ThreadPoolExecutor(atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> {
            return daemon("gateway-service-" + service, LastingWork.task(task));
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A call that is over leaves nothing behind in it: contents may be large. */
    private static ScheduledThreadPoolExecutor times() {
        ScheduledThreadPoolExecutor times = new ScheduledThreadPoolExecutor(1, task -> daemon("gateway-waiting", task));
        times.setRemoveOnCancelPolicy(true);
        return times;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void carry(HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done) {
        Attempt attempt = new Attempt(call, url, milliseconds, done);
        attempt.timed(milliseconds);
        try {
            threads.execute(attempt);
        } catch (RejectedExecutionException full) {
            attempt.ended(
                    null,
                    new CodedException(Issue.of(GatewayError.SERVICE_OVERLOADED, service, "at once: " + room), full));
        }
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public Presence presence() {
        return route.presence();
    }

    /** One attempt, ended once: by its answer or by its time. */
    private final class Attempt implements Runnable {
        private final HttpCall call;
        private final String url;
        private final long deadline;
        private final BiConsumer<HttpAnswer, Throwable> done;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile ScheduledFuture<?> timer;

        Attempt(HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done) {
            this.call = call;
            this.url = url;
            this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
            this.done = done;
        }

        void timed(long milliseconds) {
            timer = TIMES.schedule(LastingWork.task(this::late), milliseconds, TimeUnit.MILLISECONDS);
        }

        @Override
        public void run() {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            // Counted apart from its call: a step that goes on after the call's end keeps the route too.
            if (over.get() || left <= 0 || !presence().enter()) {
                return;
            }
            try {
                route.carry(call, url, left, this::ended);
            } catch (RuntimeException e) {
                ended(null, e);
            } finally {
                presence().leave();
            }
        }

        private void late() {
            threads.remove(this);
            ended(null, new CodedException(Issue.of(GatewayError.NOT_ANSWERED, service, "")));
        }

        void ended(HttpAnswer answer, Throwable failure) {
            if (over.compareAndSet(false, true)) {
                ScheduledFuture<?> set = timer; // none yet where the time was over at once
                if (set != null) {
                    set.cancel(false);
                }
                done.accept(answer, failure);
            }
        }
    }
}
