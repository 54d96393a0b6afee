package org.tongmai.adapters.hl7mllp.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.hl7mllp.MllpError;

/** Closes connections beyond the limit of a listener at once; those that are open do not notice. */
@ChannelHandler.Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();

    public ConnectionLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int count = open.incrementAndGet();
        ctx.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        if (count > limit) {
            LOG.warn(
                    "{} for {}: {} open",
                    MllpError.TOO_MANY_CONNECTIONS.code(),
                    ctx.channel().remoteAddress(),
                    limit);
            ctx.close();
        } else {
            ctx.fireChannelActive();
        }
    }
}
