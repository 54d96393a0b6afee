package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.tongmai.routes.engine.channel.SubscriptionFactory;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;

/** Knows the delivering routes and what they want; their queues are whoever runs the sandbox. */
public final class SandboxSubscriptions implements SubscriptionFactory {
    private final Map<String, Destination> destinations = new ConcurrentSkipListMap<>();
    private final SubscriptionRegistry wishes = new SubscriptionRegistry();

    /** A delivering route: how it wants deliveries, and where they go. */
    public record Destination(Delivering how, Endpoint endpoint, Processor route) {}

    @Override
    public Consumer subscribe(Endpoint endpoint, Processor processor, Map<String, Object> options) {
        Delivering how = Delivering.of(options);
        destinations.put(how.destination(), new Destination(how, endpoint, processor));
        wishes.register(new Subscription(how.topic(), how.destination(), how.format()));
        return new DefaultConsumer(endpoint, processor);
    }

    /** Those that want what is published on a topic, in the order of their ids. */
    List<Destination> wanting(String topic, String format) {
        return wishes.destinationsFor(topic, format).stream()
                .map(destinations::get)
                .toList();
    }
}
