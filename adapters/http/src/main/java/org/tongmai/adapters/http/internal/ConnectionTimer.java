package org.tongmai.adapters.http.internal;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Does something when what a connection is waited for does not come in time; used on the connection's thread only. When it
 * rings it looks what is due, so that no timer is made and cancelled for each request.
 */
final class ConnectionTimer {
    private static final long SILENT = -1;

    private final Vertx vertx;
    private long ringing = SILENT;
    private long ringsAt;
    private long due;
    private Runnable late;
    private Runnable held;
    private long left;
    private boolean ended;

    ConnectionTimer(Vertx vertx) {
        this.vertx = vertx;
    }

    /** From now on this is waited for, and nothing else; of a connection that is closed nothing is. */
    void start(long milliseconds, Runnable ifLate) {
        if (ended) {
            return;
        }
        held = null;
        due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        late = ifLate;
        if (ringing == SILENT || ringsAt - due > 0) {
            ring(milliseconds);
        }
    }

    /** Nothing is waited for. */
    void stop() {
        late = null;
        held = null;
    }

    /** What is waited for can not come now, which is our doing: its time stands still. */
    void hold() {
        if (late != null) {
            held = late;
            left = due - System.nanoTime();
            late = null;
        }
    }

    /** The rest of its time runs. */
    void goOn() {
        if (held != null) {
            start(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)), held);
        }
    }

    /** The connection is closed. */
    void end() {
        ended = true;
        stop();
        vertx.cancelTimer(ringing);
    }

    private void ring(long milliseconds) {
        vertx.cancelTimer(ringing);
        ringsAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        ringing = vertx.setTimer(milliseconds, timer -> rings());
    }

    private void rings() {
        ringing = SILENT;
        long rest = due - System.nanoTime();
        Runnable what = late;
        if (what != null && rest > 0) {
            ring(TimeUnit.NANOSECONDS.toMillis(rest) + 1);
        } else if (what != null) {
            stop();
            what.run();
        }
    }
}
