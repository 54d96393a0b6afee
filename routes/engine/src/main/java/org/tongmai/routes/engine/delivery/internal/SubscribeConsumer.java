package org.tongmai.routes.engine.delivery.internal;

import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Camel's view of a destination's queue: starting the route opens it, stopping the route closes it. */
public final class SubscribeConsumer extends DefaultConsumer {
    private final Supplier<AutoCloseable> open;
    private AutoCloseable queue;

    public SubscribeConsumer(Endpoint endpoint, Processor processor, Supplier<AutoCloseable> open) {
        super(endpoint, processor);
        this.open = open;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        queue = open.get();
    }

    @Override
    protected void doStop() throws Exception {
        if (queue != null) {
            queue.close();
            queue = null;
        }
        super.doStop();
    }
}
