package org.tongmai.adapters.files.internal;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Closes the connection of a call by which nothing moves, or whose time is over. A time-out of sockets bounds neither a write
 * that the other side does not read, nor a reply that comes a character at a time.
 */
final class FtpWatch implements AutoCloseable {
    private static final int LOOKS = 4;
    private static final ScheduledThreadPoolExecutor TIMES = times();

    private final Supplier<FtpSockets> watched;
    private final long silence;
    private final long begun = System.nanoTime();
    private final long most;
    private ScheduledFuture<?> looking;

    private FtpWatch(Supplier<FtpSockets> watched, long silence, long most) {
        this.watched = watched;
        this.silence = TimeUnit.MILLISECONDS.toNanos(silence);
        this.most = TimeUnit.MILLISECONDS.toNanos(most);
    }

    /**
     * @param watched what there is of the connection now; null for nothing
     * @param silence milliseconds without any move
     * @param most milliseconds of the whole call
     */
    static FtpWatch over(Supplier<FtpSockets> watched, int silence, long most) {
        FtpWatch watch = new FtpWatch(watched, silence, most);
        FtpSockets kept = watched.get();
        if (kept != null) {
            kept.move(); // since the call before nothing had to
        }
        long period = Math.max(1, Math.min(silence, most) / LOOKS);
        watch.looking = TIMES.scheduleWithFixedDelay(watch::look, period, period, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        FtpSockets now = watched.get();
        long time = System.nanoTime();
        if (now != null && (time - now.moved() > silence || time - begun > most)) {
            now.close();
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
    }

    private static ScheduledThreadPoolExecutor times() {
        ScheduledThreadPoolExecutor times = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "files-ftp-watch");
            thread.setDaemon(true);
            return thread;
        });
        times.setRemoveOnCancelPolicy(true);
        return times;
    }
}
