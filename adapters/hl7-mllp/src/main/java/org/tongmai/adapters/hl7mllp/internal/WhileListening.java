package org.tongmai.adapters.hl7mllp.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.BooleanSupplier;

/**
 * Closes a connection that was accepted in the moment its listener stopped: too late for the listener to close it, and
 * the threads it lives on go on.
 */
@ChannelHandler.Sharable
public final class WhileListening extends ChannelInboundHandlerAdapter {
    private final BooleanSupplier stopped;

    public WhileListening(BooleanSupplier stopped) {
        this.stopped = stopped;
    }

    /** First the others, Camel among them: from then on the listener knows the connection, or has stopped. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        if (stopped.getAsBoolean()) {
            ctx.close();
        }
    }
}
