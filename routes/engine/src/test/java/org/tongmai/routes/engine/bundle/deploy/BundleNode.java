package org.tongmai.routes.engine.bundle.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleMode;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.routes.engine.journal.TestNode;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

/** A node with its bundles and a real database; journal and channels are recorded calls. */
final class BundleNode implements AutoCloseable {
    static final Sm4Key KEY = Sm4Key.generate();

    final SubscriptionRegistry subscriptions = new SubscriptionRegistry();
    final EngineStub journal = new EngineStub();
    final EngineStub canonical = new EngineStub();
    /** Patients by the type their message was transformed to. */
    final Map<String, List<String>> taken = new ConcurrentHashMap<>();

    /** Until it is counted down, {@code fhir:hang} hangs. */
    final CountDownLatch letGo = new CountDownLatch(1);

    final AtomicInteger hanging = new AtomicInteger();
    final AtomicInteger mostHanging = new AtomicInteger();

    final DefaultCamelContext context = new DefaultCamelContext();
    final BundleDeployments bundles;

    BundleNode(DataSource database, String name, DeployRules rules) throws Exception {
        context.addComponent("journal", journal);
        context.addComponent("canonical", canonical);
        for (String type :
                List.of("fhir:one", "fhir:two", "fhir:bad", "hl7v2:message", "fhir:bundle", "csv:district-visit")) {
            register(type);
        }
        register("fhir:batch");
        register("fhir:slow");
        register("fhir:hang");
        context.start();
        bundles = BundleDeployments.open(new BundleDeployments.Parts(context, subscriptions, database, name), rules);
    }

    static DeployRules rules(BundleOverrides overrides, DeployGate gate) {
        return rules(overrides, gate, BundleMappings.NONE);
    }

    static DeployRules rules(BundleOverrides overrides, DeployGate gate, BundleMappings mappings) {
        return new DeployRules(
                BundleMode.DEVELOPMENT, overrides, Optional.ofNullable(gate), mappings, Optional.empty(), KEY);
    }

    static BundleNode start(DataSource database, String name, Path folder) throws Exception {
        BundleNode node = new BundleNode(database, name, rules(BundleOverrides.NONE, null));
        node.bundles.start(folder);
        return node;
    }

    private void register(String name) {
        Transformer transformer = new Transformer() {
            @Override
            public void transform(Message message, DataType from, DataType to) {
                Object body = message.getBody();
                if (name.equals("fhir:bad") || "bad".equals(body)) {
                    throw new IllegalArgumentException("found: bad (expected: good)");
                }
                if (name.equals("fhir:slow")) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
                }
                if (name.equals("fhir:hang")) {
                    hang();
                }
                if ("too deep".equals(body)) {
                    throw new StackOverflowError();
                }
                ReceivedMessage received =
                        message.getExchange().getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
                String patient = received == null ? "" : received.keys().patientId();
                taken.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>()).add(patient);
            }
        };
        transformer.setName(name);
        context.getTransformerRegistry().put(TransformerKey.createFrom(transformer), transformer);
    }

    private void hang() {
        mostHanging.accumulateAndGet(hanging.incrementAndGet(), Math::max);
        try {
            letGo.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hanging.decrementAndGet();
    }

    /** Sends a message of the patient to a port of the test's source kamelet. */
    Exchange send(int port, String patient) {
        ReceivedMessage message = TestNode.message("C", patient, "");
        return context.createProducerTemplate().send("direct:mllp-" + port, sent -> {
            sent.setProperty(ExchangeNames.RECEIVED, message);
            sent.getMessage().setBody(message);
        });
    }

    List<String> takenBy(String type) {
        return taken.getOrDefault(type, List.of());
    }

    @Override
    public void close() {
        letGo.countDown();
        bundles.close();
        context.stop();
    }
}
