package org.tongmai.adapters.hl7mllp.internal.camel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.apache.camel.component.netty.handlers.ServerChannelHandler;
import org.tongmai.adapters.hl7mllp.internal.ByteBudget;
import org.tongmai.adapters.hl7mllp.internal.Complaints;
import org.tongmai.adapters.hl7mllp.internal.ConnectionLimit;
import org.tongmai.adapters.hl7mllp.internal.FrameDecoder;
import org.tongmai.adapters.hl7mllp.internal.FrameLimits;
import org.tongmai.adapters.hl7mllp.internal.Refusals;
import org.tongmai.adapters.hl7mllp.internal.ReplyOrder;
import org.tongmai.adapters.hl7mllp.internal.WhileListening;

/** Builds the pipeline of every connection of one listener: limit, TLS, idle, frames, order, Camel. */
final class MllpListener extends ServerInitializerFactory {
    private static final int FLUSH_AFTER = 64;

    private final ListenerSettings settings;
    private final NettyConsumer consumer;
    private final Complaints complaints = new Complaints();
    private final ConnectionLimit connections;
    private final OpenConnections open = new OpenConnections();
    private final WhileListening listening;
    private final ByteBudget unanswered;
    private final ByteBudget begun;
    private final SslContext tls;
    private final HL7MLLPNettyEncoderFactory encoders = new HL7MLLPNettyEncoderFactory();

    MllpListener(ListenerSettings settings, NettyConsumer consumer) {
        this.settings = settings;
        this.consumer = consumer;
        this.connections =
                new ConnectionLimit(settings.maxConnections(), settings.maxConnectionsPerAddress(), complaints);
        this.listening = new WhileListening(this::isEnding);
        long bytes = Math.max(settings.maxBytesInFlight(), 2L * settings.maxFrameSize());
        this.unanswered = new ByteBudget(bytes);
        this.begun = new ByteBudget(bytes);
        this.tls = tls(settings);
        consumer.getRoute().addService(open);
    }

    private boolean isEnding() {
        return open.areDraining() || consumer.isStoppingOrStopped();
    }

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer forConsumer) {
        return new MllpListener(settings, forConsumer);
    }

    @Override
    protected void initChannel(Channel channel) {
        open.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("listening", listening);
        pipeline.addLast("limit", connections);
        if (tls != null) {
            pipeline.addLast("tls", tls.newHandler(channel.alloc()));
        }
        pipeline.addLast("flush", new FlushConsolidationHandler(FLUSH_AFTER, true));
        pipeline.addLast(
                "idle", new IdleStateHandler(0, 0, settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS));
        pipeline.addLast("encoder", encoders.newChannelHandler());
        pipeline.addLast(
                "decoder",
                new FrameDecoder(new FrameLimits(settings.maxFrameSize(), settings.readTimeout()), begun, complaints));
        pipeline.addLast(
                "order",
                new ReplyOrder(
                        settings.maxInFlight(),
                        new ReplyOrder.Shared(
                                unanswered,
                                new Refusals(settings.mode(), settings.charset()),
                                complaints,
                                this::isEnding)));
        pipeline.addLast("camel", new ServerChannelHandler(consumer));
    }

    private static SslContext tls(ListenerSettings settings) {
        if (settings.tls().keyStore().isEmpty()) {
            return null;
        }
        try {
            return settings.tls().forServer(settings.tlsClientAuthentication());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The key store or trust store of the MLLP listener can not be used", e);
        }
    }
}
