package org.tongmai.routes.engine.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** A node with one feed {@code feed} around steps of the test's choice, wrapped as the engine wraps a bundle's route. */
public final class TestNode implements AutoCloseable {
    public static final String TOPIC = "patient-administration";

    private final EngineJournal journal;
    private final CamelContext context;

    /** @param map turns the exchange's received message into a bundle, or throws */
    public TestNode(DataSource dataSource, String name, JournalSettings settings, Consumer<Exchange> map)
            throws Exception {
        journal = EngineJournal.start(
                new EngineJournal.Parts(
                        dataSource,
                        new TableStore(),
                        (topic, format) -> List.of("to-district", "to-downstream"),
                        NodeIdentity.named(name),
                        new SimpleMeterRegistry()),
                settings);
        context = new DefaultCamelContext();
        context.getRegistry().bind("journal", journal.service());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("feed")
                        .doTry()
                        .to("journal:accept?feed=feed")
                        .filter(exchangeProperty(ExchangeNames.PROCEED))
                        .process(map::accept)
                        .to("canonical:publish?topic=" + TOPIC)
                        .to("journal:settle")
                        .end()
                        .endDoTry()
                        .doCatch(Throwable.class)
                        .to("journal:refuse")
                        .end();
            }
        });
        context.start();
    }

    public static JournalSettings settings() {
        return settings(512);
    }

    /** @param batch most messages of one commit */
    public static JournalSettings settings(int batch) {
        return new JournalSettings(
                4096, batch, 2, 4096, 64L << 20, 3, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofDays(90));
    }

    /** Maps a message to one patient, version by version. */
    public static void map(Exchange exchange) {
        ReceivedMessage message = exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
        String id = CanonicalIds.idFor("Patient", "test", message.keys().patientId());
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("resourceType", "Patient")
                .put("id", id)
                .put("last", message.keys().controlId());
        exchange.getMessage()
                .setBody(new CanonicalBundle(
                        TOPIC,
                        message.keys().type(),
                        "Patient/" + id,
                        List.of(new CanonicalResource("Patient", id, content)),
                        List.of()));
    }

    public static ReceivedMessage message(String controlId, String patient, String content, String... also) {
        MessageKeys keys = new MessageKeys(
                "HIS|H1", "TM|D1", controlId, "ADT^A01", "2.5", patient, "V1", "20261120", List.of(also));
        String text = "MSH|^~\\&|" + controlId + "|" + content;
        return new ReceivedMessage(
                "hl7v2:message",
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                text,
                keys,
                "127.0.0.1:1",
                Instant.now());
    }

    public CompletableFuture<Outcome> send(ReceivedMessage message) {
        return send(message, Map.of());
    }

    public CompletableFuture<Outcome> send(ReceivedMessage message, AcknowledgeWhen when) {
        return send(message, Map.of(ExchangeNames.ACKNOWLEDGE_WHEN, when));
    }

    public CompletableFuture<Outcome> send(ReceivedMessage message, Map<String, Object> properties) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(message);
        properties.forEach(exchange::setProperty);
        return context.createProducerTemplate()
                .asyncSend("direct:in", exchange)
                .thenApply(done -> done.getProperty(ExchangeNames.OUTCOME, Outcome.class));
    }

    public EngineJournal journal() {
        return journal;
    }

    public CamelContext context() {
        return context;
    }

    @Override
    public void close() {
        context.stop();
        journal.close();
    }
}
