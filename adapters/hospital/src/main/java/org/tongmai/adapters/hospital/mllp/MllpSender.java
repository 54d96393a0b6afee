package org.tongmai.adapters.hospital.mllp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages over several pipelined connections and matches the answers. A connection that breaks is opened again
 * and its unanswered messages are sent again in their order, the same bytes, as a hospital's interface engine does.
 * Everything happens on one thread, so that a load generator leaves the processors to what it measures.
 */
public final class MllpSender implements AutoCloseable {
    private static final int WAITING_PER_CONNECTION = 64;
    private static final long TICK_MILLIS = 5;

    private final MllpSenderSettings settings;
    private final Iterator<OutboundMessage> source;
    private final AcknowledgementListener listener;
    private final NioEventLoopGroup thread = new NioEventLoopGroup(1, task -> {
        Thread sender = new Thread(task, "mllp-sender");
        sender.setDaemon(true);
        return sender;
    });
    private final SenderConnection[] connections;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long startedAt;
    private long pulled;
    private int waiting;
    private boolean ended;
    private boolean pumping;
    private OutboundMessage held;

    /** @param source asked on the sender's thread; may be endless; ends when it has no next */
    public MllpSender(MllpSenderSettings settings, Iterator<OutboundMessage> source, AcknowledgementListener listener) {
        this.settings = settings;
        this.source = source;
        this.listener = listener;
        Bootstrap bootstrap = new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                .remoteAddress(settings.host(), settings.port());
        connections = new SenderConnection[settings.connections()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = new SenderConnection(this, bootstrap, i);
        }
    }

    /** Begins to send; the future completes when everything was answered, or fails when the sender is closed before. */
    public CompletableFuture<Void> start() {
        thread.next().execute(() -> {
            startedAt = System.nanoTime();
            for (SenderConnection connection : connections) {
                connection.open();
            }
            pump();
        });
        thread.next().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return done;
    }

    /** Takes no more messages from the source; what was taken is still sent and awaited. */
    public void endSource() {
        thread.next().execute(() -> {
            ended = true;
            completeWhenDone();
        });
    }

    @Override
    public void close() {
        done.completeExceptionally(new IllegalStateException("closed before everything was answered"));
        thread.shutdownGracefully(0, 2, TimeUnit.SECONDS)
                .awaitUninterruptibly(Duration.ofSeconds(5).toMillis());
    }

    MllpSenderSettings settings() {
        return settings;
    }

    AcknowledgementListener listener() {
        return listener;
    }

    /** Notes that a connection has handed over or has given back a waiting message. */
    void waitingChanged(int by) {
        waiting += by;
    }

    /** Moves messages from the source to their connections, as many as rate and room allow. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!ended && mayPull()) {
                OutboundMessage next = held != null ? held : pull();
                held = null;
                if (next == null) {
                    ended = true;
                    break;
                }
                SenderConnection connection = connectionOf(next);
                if (connection.isFull(WAITING_PER_CONNECTION)) {
                    // Its patient's turn comes when that connection has room; others must not overtake the feed's
                    // order.
                    held = next;
                    break;
                }
                connection.offer(next);
            }
        } finally {
            pumping = false;
        }
        for (SenderConnection connection : connections) {
            connection.write();
        }
        completeWhenDone();
    }

    private boolean mayPull() {
        if (settings.perSecond() == 0 || held != null) {
            return true;
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        return pulled < seconds * settings.perSecond();
    }

    private OutboundMessage pull() {
        if (!source.hasNext()) {
            return null;
        }
        pulled++;
        return source.next();
    }

    private SenderConnection connectionOf(OutboundMessage message) {
        int hash = message.orderingKey().hashCode();
        return connections[Math.floorMod(hash ^ (hash >>> 16), connections.length)];
    }

    private void tick() {
        for (SenderConnection connection : connections) {
            connection.checkTimeout();
        }
        pump();
    }

    private void completeWhenDone() {
        if (!ended || held != null || waiting > 0) {
            return;
        }
        for (SenderConnection connection : connections) {
            if (connection.isBusy()) {
                return;
            }
        }
        listener.flush();
        done.complete(null);
    }
}
