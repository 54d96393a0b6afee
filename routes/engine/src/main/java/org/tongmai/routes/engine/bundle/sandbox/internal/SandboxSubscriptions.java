package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.tongmai.routes.engine.channel.SubscriptionFactory;
import org.tongmai.routes.engine.delivery.Delivering;

/** Knows the delivering routes; their queues are whoever runs the sandbox. */
public final class SandboxSubscriptions implements SubscriptionFactory {
    private final Map<String, Destination> destinations = new TreeMap<>();

    /** A delivering route: how it wants deliveries, and where they go. */
    public record Destination(Delivering how, Endpoint endpoint, Processor route) {}

    @Override
    public Consumer subscribe(Endpoint endpoint, Processor processor, Map<String, Object> options) {
        Delivering how = Delivering.of(options);
        destinations.put(how.destination(), new Destination(how, endpoint, processor));
        return new DefaultConsumer(endpoint, processor);
    }

    public Destination destination(String id) {
        return destinations.get(id);
    }
}
