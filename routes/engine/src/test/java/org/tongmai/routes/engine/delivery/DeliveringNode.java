package org.tongmai.routes.engine.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tongmai.routes.engine.node.NodeIdentity;

/** An outbox on a real PostgreSQL, empty for each test, and the engines that deliver from it, closed after each. */
final class DeliveringNode implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final DeliverySettings settings;
    private final Map<DeliveryEngine, List<Consumer>> consumers = new LinkedHashMap<>();
    private Outbox outbox;
    private DefaultCamelContext camel;

    DeliveringNode(DeliverySettings settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException, SQLException {
        outbox = new Outbox();
        camel = new DefaultCamelContext();
        camel.start();
    }

    @Override
    public void beforeEach(ExtensionContext test) throws SQLException {
        outbox.empty();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        List.copyOf(consumers.keySet()).forEach(this::close);
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        camel.stop();
        outbox.close();
    }

    Outbox outbox() {
        return outbox;
    }

    DeliveryEngine engine(String node) {
        DeliverySetup setup = new DeliverySetup(
                outbox.dataSource(),
                Outbox.repository(),
                new SubscriptionRegistry(),
                NodeIdentity.named(node),
                new SimpleMeterRegistry());
        DeliveryEngine engine = new DeliveryEngine(setup, settings);
        consumers.put(engine, new ArrayList<>());
        return engine;
    }

    void subscribe(DeliveryEngine engine, String destination, Map<String, Object> options, Processor sink) {
        Map<String, Object> all = new HashMap<>(Map.of("topic", "t", "destination", destination, "linger", "20"));
        all.putAll(options);
        Consumer consumer = engine.subscribe(camel.getEndpoint("direct:any"), sink, all);
        consumers.get(engine).add(consumer);
        consumer.start();
    }

    void close(DeliveryEngine engine) {
        consumers.remove(engine).forEach(Consumer::stop);
        engine.close();
    }

    /** How many deliveries to the destination are in a state. */
    long deliveries(String destination, int state) throws SQLException {
        return outbox.number(
                "select count(*) from delivery where destination = '" + destination + "' and state = " + state);
    }
}
