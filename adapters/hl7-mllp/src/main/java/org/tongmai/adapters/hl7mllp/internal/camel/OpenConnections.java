package org.tongmai.adapters.hl7mllp.internal.camel;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Service;
import org.tongmai.standards.exchange.Drainable;

/** The connections of one listener. Each that is told to close ends when what it has in process is answered. */
final class OpenConnections implements Drainable, Service {
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean draining;

    /** Before it is asked whether they are drained: so one that comes in meanwhile is seen by either. */
    void add(Channel connection) {
        open.add(connection);
    }

    boolean areDraining() {
        return draining;
    }

    @Override
    public CompletionStage<Void> drain() {
        draining = true;
        CompletableFuture<Void> drained = new CompletableFuture<>();
        open.stream()
                .map(Channel::parent)
                .distinct()
                .forEach(Channel::close); // the port; without any, the route's stop
        open.close().addListener(closed -> drained.complete(null));
        return drained;
    }

    /** The route starts, not for the first time. */
    @Override
    public void start() {
        draining = false;
    }

    /** They end as the listener's channel does, which Camel sees to. */
    @Override
    public void stop() {}
}
