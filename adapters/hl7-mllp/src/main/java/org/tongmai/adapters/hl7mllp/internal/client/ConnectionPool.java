package org.tongmai.adapters.hl7mllp.internal.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.ByteBudget;
import org.tongmai.adapters.hl7mllp.internal.Complaints;
import org.tongmai.adapters.hl7mllp.internal.FrameDecoder;
import org.tongmai.adapters.hl7mllp.internal.FrameLimits;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Keeps connections to one receiver open and sends one message at a time on each. All its state lives on one thread;
 * callers hand messages in from anywhere and are told when the answer is there.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final int ANSWER_LIMIT = 1024 * 1024;
    private static final long STOP_SECONDS = 2;
    private static final String NEVER = "NE";

    private final Receiver receiver;
    private final SslContext tls;
    private final NioEventLoopGroup group;
    private final EventLoop loop;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private final Deque<ReceiverConnection> idle = new ArrayDeque<>();
    private final List<Channel> open = new ArrayList<>();
    private final HL7MLLPNettyEncoderFactory encoders = new HL7MLLPNettyEncoderFactory();
    private int connecting;
    private boolean closed;

    /**
     * Where the messages go.
     *
     * @param host name or address
     * @param port TCP port
     * @param timeout how long a message may wait for its answer, connecting included
     * @param connections most connections at once
     */
    public record Receiver(String host, int port, Duration timeout, int connections) {}

    /** @param tls null for plain connections */
    public ConnectionPool(Receiver receiver, SslContext tls) {
        this.receiver = receiver;
        this.tls = tls;
        this.group = new NioEventLoopGroup(1, new DefaultThreadFactory("mllp-send-" + receiver.port(), true));
        this.loop = group.next();
    }

    /**
     * Sends one message and completes with what the receiver answered, whatever it says; fails with a {@link
     * org.tongmai.standards.error.CodedException} where there is no answer.
     *
     * @param limit how long it may wait for its answer; at most as long as the receiver's messages may
     */
    public CompletableFuture<Answer> send(byte[] content, Hl7Header header, Duration limit) {
        CompletableFuture<Answer> done = new CompletableFuture<>();
        boolean silent = NEVER.equals(header.field(15)) && NEVER.equals(header.field(16));
        Call call =
                new Call(content, header.field(10).trim(), silent ? Call.Expected.NOTHING : Call.Expected.ANSWER, done);
        long milliseconds = Math.min(limit.toMillis(), receiver.timeout().toMillis());
        loop.execute(() -> {
            call.timedBy(loop.schedule(
                    () -> call.fail(MllpError.NOT_ANSWERED, "expected an answer within " + milliseconds + " ms"),
                    milliseconds,
                    TimeUnit.MILLISECONDS));
            waiting.add(call);
            dispatch();
        });
        return done;
    }

    private void dispatch() {
        waiting.removeIf(Call::finished);
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            ReceiverConnection connection = idle.pollLast();
            if (connection.isOpen()) {
                connection.send(waiting.poll());
            }
        }
        int wanted = Math.min(waiting.size(), receiver.connections() - open.size());
        while (connecting < wanted && !closed) {
            connect();
        }
    }

    private void connect() {
        connecting++;
        ReceiverConnection connection = new ReceiverConnection(this::release);
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        receiver.timeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        fill(channel.pipeline(), channel, connection);
                    }
                });
        ChannelFuture connected = bootstrap.connect(receiver.host(), receiver.port());
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                refused(done.cause());
            } else if (tls == null) {
                ready(connection, connected.channel());
            } else {
                connected
                        .channel()
                        .pipeline()
                        .get(SslHandler.class)
                        .handshakeFuture()
                        .addListener(shaken -> {
                            if (shaken.isSuccess()) {
                                ready(connection, connected.channel());
                            } else {
                                connected.channel().close();
                                refused(shaken.cause());
                            }
                        });
            }
        });
    }

    private void fill(ChannelPipeline pipeline, Channel channel, ReceiverConnection connection) {
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc(), receiver.host(), receiver.port()));
        }
        pipeline.addLast(encoders.newChannelHandler());
        pipeline.addLast(new FrameDecoder(
                new FrameLimits(ANSWER_LIMIT, receiver.timeout()), new ByteBudget(Long.MAX_VALUE), new Complaints()));
        pipeline.addLast(connection);
    }

    private void ready(ReceiverConnection connection, Channel channel) {
        connecting--;
        open.add(channel);
        channel.closeFuture().addListener(ended -> {
            open.remove(channel);
            idle.remove(connection);
            if (!closed) {
                dispatch();
            }
        });
        release(connection);
    }

    private void refused(Throwable cause) {
        connecting--;
        waiting.removeIf(Call::finished);
        Call next = waiting.poll();
        if (next != null) {
            next.fail(MllpError.NOT_CONNECTED, "no connection to port " + receiver.port(), cause);
        }
        dispatch();
    }

    private void release(ReceiverConnection connection) {
        if (connection.isOpen()) {
            idle.addLast(connection);
        }
        dispatch();
    }

    /** Closes the connections; what is still waiting fails as retryable. */
    @Override
    public void close() {
        loop.submit(() -> {
                    closed = true;
                    waiting.forEach(call -> call.fail(MllpError.CONNECTION_LOST, "the sender is being stopped"));
                    waiting.clear();
                    List.copyOf(open).forEach(Channel::close);
                })
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    }
}
