package org.tongmai.adapters.hl7mllp.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.tongmai.adapters.hl7mllp.MllpError;

/** Closes connections beyond the limit of a listener at once; those that are open do not notice. */
@ChannelHandler.Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private final int limit;
    private final Complaints complaints;
    private final AtomicInteger open = new AtomicInteger();

    public ConnectionLimit(int limit, Complaints complaints) {
        this.limit = limit;
        this.complaints = complaints;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int count = open.incrementAndGet();
        ctx.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        if (count > limit) {
            complaints.about(
                    MllpError.TOO_MANY_CONNECTIONS,
                    "(" + limit + " open)",
                    ctx.channel().remoteAddress(),
                    ctx.executor());
            ctx.close();
        } else {
            ctx.fireChannelActive();
        }
    }
}
