package org.tongmai.routes.engine.bundle.sandbox.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Delivery;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Handed;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Hands what was published to the delivering routes, and collects what their sinks get. */
public final class Deliverer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxSubscriptions subscriptions;
    private final MappingEngine mappings;
    private List<Handed> caught = new ArrayList<>();

    /** @param mappings those of the version */
    public Deliverer(SandboxSubscriptions subscriptions, MappingEngine mappings) {
        this.subscriptions = subscriptions;
        this.mappings = mappings;
    }

    /**
     * What is on its way.
     *
     * @param messageId number of the message and of the batch
     * @param received as it came, or null
     * @param format data type it came in
     * @param bundle what it means
     * @param at when it was stored
     */
    public record Published(
            long messageId, ReceivedMessage received, String format, CanonicalBundle bundle, Instant at) {}

    public List<Delivery> deliver(Published published) {
        FirstStored stored = new FirstStored(published.messageId(), published.bundle(), published.at());
        List<Delivery> deliveries = new ArrayList<>();
        subscriptions
                .wanting(published.bundle().topic(), published.format())
                .forEach(destination -> deliveries.add(deliver(destination, published, stored)));
        return deliveries;
    }

    /** Keeps what a sink got. */
    public void caught(String kamelet, Exchange exchange) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, "", String.class);
        caught.add(new Handed(kamelet, name, bytes(exchange)));
    }

    /** What sinks of a receiving route got since the message was begun. */
    public List<Handed> caughtOutside() {
        List<Handed> before = List.copyOf(caught);
        caught = new ArrayList<>();
        return before;
    }

    private Delivery deliver(SandboxSubscriptions.Destination destination, Published published, FirstStored stored) {
        caught = new ArrayList<>();
        Delivering how = destination.how();
        Exchange exchange = destination.endpoint().createExchange(ExchangePattern.InOnly);
        exchange.getIn()
                .setBody(
                        how.payload() == Delivering.Payload.ORIGINAL
                                ? published.received()
                                : new CanonicalBatch(
                                        published.messageId(), how.destination(), List.of(stored.delivery(how))));
        exchange.getIn().setHeader(ExchangeNames.BATCH_ID, published.messageId());
        exchange.getIn().setHeader(Exchange.FILE_NAME, how.fileName(published.messageId()));
        exchange.setProperty(ExchangeNames.MAPPINGS, mappings);
        try {
            destination.route().process(exchange);
        } catch (Exception e) { // Camel's processor declares Exception
            exchange.setException(e);
        }
        List<Issue> failure = exchange.getException() == null ? List.of() : issues(exchange.getException());
        List<Handed> handed = caughtOutside();
        return new Delivery(how.destination(), handed, failure);
    }

    private static List<Issue> issues(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded.issues();
            }
        }
        return List.of(Issue.of(
                JournalError.INTERNAL, "", "found: " + failure.getClass().getSimpleName()));
    }

    private static byte[] bytes(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ReceivedMessage received) {
            return received.raw();
        }
        if (body instanceof CanonicalBatch batch) {
            return json(batch).toPrettyString().getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        return bytes == null ? new byte[0] : bytes;
    }

    private static ArrayNode json(CanonicalBatch batch) {
        ArrayNode deliveries = JSON.createArrayNode();
        for (CanonicalDelivery delivery : batch.deliveries()) {
            ObjectNode node = deliveries.addObject();
            node.put("topic", delivery.event().topic())
                    .put("event", delivery.event().event())
                    .put("patientKey", delivery.event().patientKey());
            ArrayNode versions = node.putArray("changed");
            delivery.event().resources().forEach(version -> versions.add(version.reference()));
            ArrayNode resources = node.putArray("resources");
            delivery.resources().forEach(resource -> resources.add(resource.content()));
        }
        return deliveries;
    }
}
