package org.tongmai.adapters.http.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.exchange.AddressBlock;
import org.tongmai.standards.exchange.TrustedProxies;

/** The connections of one listener: how many there are, how long one may be silent, and the bytes they hold. */
final class Connections {
    private final AsyncHttpEndpoint settings;
    private final TrustedProxies proxies;
    private final long requestTime;
    private final long idleTime;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> bySender = new ConcurrentHashMap<>();
    private final Map<HttpConnection, ConnectionTimer> timers = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong answerBytes = new AtomicLong();
    private final SenderShares requests;
    private final SenderShares answers;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean takesNone;

    Connections(AsyncHttpEndpoint settings) {
        this.settings = settings;
        this.proxies = settings.proxies();
        this.requests = new SenderShares(settings.getMaxBytesInFlight(), settings.getMaxBody());
        this.answers = new SenderShares(settings.getMaxBytesInFlight(), 0);
        this.requestTime =
                AsyncHttpEndpoint.duration(settings.getRequestTimeout()).toMillis();
        this.idleTime = AsyncHttpEndpoint.duration(settings.getIdleTimeout()).toMillis();
    }

    /** Counts a connection; false where there are too many, of all or of its sender. */
    boolean accepted(Channel channel) {
        // Null where it is gone already.
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            return false;
        }
        String address = peer.getAddress().getHostAddress();
        String sender = AddressBlock.sender(address);
        int all = open.incrementAndGet();
        int ofAddress = bySender.merge(sender, 1, Integer::sum);
        int most =
                proxies.trusts(address) ? settings.getMaxConnectionsPerProxy() : settings.getMaxConnectionsPerAddress();
        if (all > settings.getMaxConnections() || ofAddress > most) {
            ended(sender);
            settings.refusals().count(HttpError.NO_ROOM, "connections: " + all + ", of one address: " + ofAddress);
            return false;
        }
        // Of the channel: Vert.x tells nobody of a connection that ends while a request waits behind another.
        channel.closeFuture().addListener(closed -> ended(sender));
        return true;
    }

    private void ended(String sender) {
        open.decrementAndGet();
        bySender.computeIfPresent(sender, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Bounds the time of a connection; it may be silent as long as a request may take. */
    void opened(Vertx vertx, HttpConnection connection) {
        ConnectionTimer timer = new ConnectionTimer(vertx);
        timers.put(connection, timer);
        channel(connection).channel().closeFuture().addListener(closed -> {
            timer.end();
            timers.remove(connection);
        });
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

    /** Takes bytes of what all requests may hold together, and those of one sender; false when there are not as many. */
    boolean reserve(String caller, int count) {
        if (!requests.take(caller, count)) {
            return false;
        }
        boolean found = reserve(bytes, count);
        if (!found) {
            requests.give(caller, count);
        }
        return found;
    }

    /**
     * The same of what answers may hold until they have gone out: apart, for what they answer is done. One sender, who may be
     * slow, holds a quarter of it at most, or one answer that is larger.
     */
    boolean reserveAnswer(String address, long count) {
        if (!answers.take(address, count)) {
            return false;
        }
        boolean found = reserve(answerBytes, count);
        if (!found) {
            answers.give(address, count);
        }
        return found;
    }

    private boolean reserve(AtomicLong held, long count) {
        if (held.addAndGet(count) > settings.getMaxBytesInFlight()) {
            held.addAndGet(-count);
            return false;
        }
        return true;
    }

    void releaseAnswer(String address, long count) {
        answers.give(address, count);
        answerBytes.addAndGet(-count);
    }

    void release(String caller, long count) {
        requests.give(caller, count);
        bytes.addAndGet(-count);
    }
}
