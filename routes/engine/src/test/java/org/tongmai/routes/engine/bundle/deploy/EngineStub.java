package org.tongmai.routes.engine.bundle.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.tongmai.standards.exchange.ExchangeNames;

/** Stands in for {@code journal:} and {@code canonical:} where the loader is tested without a database. */
final class EngineStub extends DefaultComponent {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> subscriptions = new CopyOnWriteArrayList<>();
    /** What a delivery to a destination is handed to. */
    final Map<String, Processor> destinations = new ConcurrentHashMap<>();
    /** Destinations that can not be opened. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();
    /** Destinations that can not be opened the next time. */
    final Set<String> brokenOnce = ConcurrentHashMap.newKeySet();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, Object> given = Map.copyOf(parameters);
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        calls.add(remaining + given.getOrDefault("feed", ""));
                        if (remaining.equals("accept")) {
                            exchange.setProperty(ExchangeNames.PROCEED, true);
                        }
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                String destination = String.valueOf(given.get("destination"));
                if (broken.contains(destination) || brokenOnce.remove(destination)) {
                    throw new IllegalStateException("scripted");
                }
                subscriptions.add(destination + " " + given.get("topic") + " " + given.get("batch"));
                destinations.put(destination, processor);
                return new DefaultConsumer(this, processor);
            }
        };
    }
}
