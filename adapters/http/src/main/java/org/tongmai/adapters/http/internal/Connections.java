package org.tongmai.adapters.http.internal;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.exchange.AddressBlock;
import org.tongmai.standards.exchange.TrustedProxies;

/** The connections of one listener: how many there are, how long one may be silent, and the bytes they hold. */
final class Connections {
    private static final int SENDERS_AT_ONCE = 4;

    private final AsyncHttpEndpoint settings;
    private final TrustedProxies proxies;
    private final long requestTime;
    private final long idleTime;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, AtomicInteger> bySender = new ConcurrentHashMap<>();
    private final Map<HttpConnection, ConnectionTimer> timers = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong answerBytes = new AtomicLong();
    private final Map<String, Long> answersBySender = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean takesNone;

    Connections(AsyncHttpEndpoint settings) {
        this.settings = settings;
        this.proxies = settings.proxies();
        this.requestTime =
                AsyncHttpEndpoint.duration(settings.getRequestTimeout()).toMillis();
        this.idleTime = AsyncHttpEndpoint.duration(settings.getIdleTimeout()).toMillis();
    }

    /** Counts a connection, and closes it where there are too many, of all or of its address. */
    void opened(Vertx vertx, HttpConnection connection) {
        String address = connection.remoteAddress().hostAddress();
        String sender = AddressBlock.sender(address);
        int all = open.incrementAndGet();
        int ofAddress =
                bySender.computeIfAbsent(sender, first -> new AtomicInteger()).incrementAndGet();
        ConnectionTimer timer = new ConnectionTimer(vertx);
        timers.put(connection, timer);
        // Of the channel: Vert.x tells nobody of a connection that ends while a request waits behind another.
        channel(connection).channel().closeFuture().addListener(closed -> {
            timer.end();
            timers.remove(connection);
            open.decrementAndGet();
            bySender.computeIfPresent(sender, (key, count) -> count.decrementAndGet() == 0 ? null : count);
        });
        int most =
                proxies.trusts(address) ? settings.getMaxConnectionsPerProxy() : settings.getMaxConnectionsPerAddress();
        if (all > settings.getMaxConnections() || ofAddress > most) {
            settings.refusals().count(HttpError.NO_ROOM, "connections: " + all + ", of one address: " + ofAddress);
            cut(connection);
            return;
        }
        timer.start(requestTime, () -> cut(connection));
    }

    /** Who is believed when it says for whom it calls. */
    TrustedProxies proxies() {
        return proxies;
    }

    /**
     * Ends a connection. Vert.x would first wait until all that was written has gone out, and so for ever for who does not
     * read.
     */
    static void cut(HttpConnection connection) {
        channel(connection).close();
    }

    static boolean isOpen(HttpConnection connection) {
        return channel(connection).channel().isActive();
    }

    private static ChannelHandlerContext channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext();
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

    /** What bounds the time of whatever a connection is waited for. */
    ConnectionTimer timer(HttpConnection connection) {
        ConnectionTimer timer = timers.get(connection);
        if (timer == null) { // it is closed already
            timer = new ConnectionTimer(Vertx.currentContext().owner());
            timer.end();
        }
        return timer;
    }

    /** Milliseconds a request may take to arrive. */
    long requestTime() {
        return requestTime;
    }

    /** Milliseconds a connection may be silent, and an answer may take to be read. */
    long idleTime() {
        return idleTime;
    }

    /** Takes bytes of what all requests may hold together; false when there are not as many. */
    boolean reserve(int count) {
        return reserve(bytes, count);
    }

    /**
     * The same of what answers may hold until they have gone out: apart, for what they answer is done. One sender, who may be
     * slow, holds a quarter of it at most, or one answer that is larger.
     */
    boolean reserveAnswer(String address, long count) {
        if (!reserve(answerBytes, count)) {
            return false;
        }
        long held = answersBySender.merge(AddressBlock.sender(address), count, Long::sum);
        if (held > count && held > settings.getMaxBytesInFlight() / SENDERS_AT_ONCE) {
            releaseAnswer(address, count);
            return false;
        }
        return true;
    }

    private boolean reserve(AtomicLong held, long count) {
        if (held.addAndGet(count) > settings.getMaxBytesInFlight()) {
            held.addAndGet(-count);
            return false;
        }
        return true;
    }

    void releaseAnswer(String address, long count) {
        answerBytes.addAndGet(-count);
        answersBySender.computeIfPresent(
                AddressBlock.sender(address), (sender, held) -> held == count ? null : held - count);
    }

    void release(long count) {
        bytes.addAndGet(-count);
    }
}
