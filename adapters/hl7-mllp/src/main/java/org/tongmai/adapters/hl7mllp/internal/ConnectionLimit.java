package org.tongmai.adapters.hl7mllp.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.tongmai.adapters.hl7mllp.MllpError;

/** Closes connections beyond the limits of a listener at once; those that are open do not notice. */
@ChannelHandler.Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private final int limit;
    private final int limitOfAddress;
    private final Complaints complaints;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> ofAddress = new ConcurrentHashMap<>();

    /**
     * @param limit of all connections
     * @param limitOfAddress of those of one remote address
     */
    public ConnectionLimit(int limit, int limitOfAddress, Complaints complaints) {
        this.limit = limit;
        this.limitOfAddress = limitOfAddress;
        this.complaints = complaints;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        String address = address(ctx.channel().remoteAddress());
        int count = open.incrementAndGet();
        int same = ofAddress.merge(address, 1, Integer::sum);
        ctx.channel().closeFuture().addListener(closed -> {
            open.decrementAndGet();
            ofAddress.computeIfPresent(address, (each, before) -> before == 1 ? null : before - 1);
        });
        if (count > limit || same > limitOfAddress) {
            complaints.about(
                    MllpError.TOO_MANY_CONNECTIONS,
                    count > limit ? "(" + limit + " open)" : "(" + limitOfAddress + " open of one address)",
                    ctx.channel().remoteAddress(),
                    ctx.executor());
            ctx.close();
        } else {
            ctx.fireChannelActive();
        }
    }

    private static String address(SocketAddress remote) {
        return remote instanceof InetSocketAddress known && known.getAddress() != null
                ? known.getAddress().getHostAddress()
                : "";
    }
}
