package org.tongmai.routes.engine.channel;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;

/** Makes the consumer of {@code canonical:subscribe}; found by type in the Camel registry. */
public interface SubscriptionFactory {
    /**
     * @param endpoint the endpoint asked for
     * @param processor the delivering route
     * @param options {@code topic} and whatever else the URI has, as written
     */
    Consumer subscribe(Endpoint endpoint, Processor processor, Map<String, Object> options);
}
