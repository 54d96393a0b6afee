package org.tongmai.adapters.http.internal;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.adapters.http.HttpError;

/** The connections of one listener: how many there are, how long one may be silent, and the bytes they hold. */
final class Connections {
    private final AsyncHttpEndpoint settings;
    private final long headTime;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, AtomicInteger> byAddress = new ConcurrentHashMap<>();
    private final Map<HttpConnection, HeadTimer> timers = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean takesNone;

    /** Closes a connection on which the head of a request does not arrive; used on the connection's thread only. */
    private static final class HeadTimer {
        private final Vertx vertx;
        private final Runnable close;
        private long running = -1;

        HeadTimer(Vertx vertx, Runnable close) {
            this.vertx = vertx;
            this.close = close;
        }

        void start(long milliseconds) {
            stop();
            running = vertx.setTimer(milliseconds, late -> close.run());
        }

        void stop() {
            if (running >= 0) {
                vertx.cancelTimer(running);
                running = -1;
            }
        }
    }

    Connections(AsyncHttpEndpoint settings) {
        this.settings = settings;
        this.headTime = AsyncHttpEndpoint.duration(settings.getIdleTimeout()).toMillis();
    }

    /** Counts a connection, and closes it where there are too many, of all or of its address. */
    void opened(Vertx vertx, HttpConnection connection) {
        String address = connection.remoteAddress().hostAddress();
        int all = open.incrementAndGet();
        int ofAddress =
                byAddress.computeIfAbsent(address, first -> new AtomicInteger()).incrementAndGet();
        HeadTimer timer = new HeadTimer(vertx, connection::close);
        timers.put(connection, timer);
        connection.closeHandler(closed -> {
            timer.stop();
            timers.remove(connection);
            open.decrementAndGet();
            byAddress.computeIfPresent(address, (key, count) -> count.decrementAndGet() == 0 ? null : count);
        });
        if (all > settings.getMaxConnections() || ofAddress > settings.getMaxConnectionsPerAddress()) {
            settings.refusals().count(HttpError.NO_ROOM, "connections: " + all + ", of one address: " + ofAddress);
            connection.close();
            return;
        }
        timer.start(AsyncHttpEndpoint.duration(settings.getRequestTimeout()).toMillis());
    }

    /** From now on requests are refused; those under way go on. */
    void takeNone() {
        takesNone = true;
    }

    void takeAgain() {
        takesNone = false;
    }

    /** Whether a request is taken; then {@link #ended} must follow. */
    boolean begin() {
        underWay.incrementAndGet();
        if (takesNone) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    void ended() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    /** The head of a request is there. */
    void headArrived(HttpConnection connection) {
        HeadTimer timer = timers.get(connection);
        if (timer != null) {
            timer.stop();
        }
    }

    /** A request is answered; the next may take its time to begin. */
    void answered(HttpConnection connection) {
        HeadTimer timer = timers.get(connection);
        if (timer != null) {
            timer.start(headTime);
        }
    }

    /** Takes bytes of what all requests may hold together; false when there are not as many. */
    boolean reserve(int count) {
        if (bytes.addAndGet(count) > settings.getMaxBytesInFlight()) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    void release(long count) {
        bytes.addAndGet(-count);
    }
}
