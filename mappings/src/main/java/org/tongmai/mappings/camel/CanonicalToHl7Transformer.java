package org.tongmai.mappings.camel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.hl7out.Hl7Order;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.mappings.hl7out.Hl7Output;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;

/**
 * Makes the bytes of an HL7 v2 message in UTF-8 of a {@link CanonicalBundle}, or of a {@link CanonicalBatch} of one delivery:
 * {@code transformDataType: {fromType: "fhir:batch", toType: "hl7v2:message"}}. The message tells of the event the data came
 * by, where it is one that is written; a delivery's control id is its number, the same when it is tried again. What had no place
 * in it, or was missing, is the exchange's {@link ExchangeNames#WRITE_WARNINGS}.
 */
public final class CanonicalToHl7Transformer extends Transformer {
    private final MappingEngine platforms;

    /** @param from {@code fhir:bundle} or {@code fhir:batch} */
    public CanonicalToHl7Transformer(String from, MappingEngine engine) {
        super();
        setFrom(from);
        setTo("hl7v2:message");
        this.platforms = engine;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Hl7OutMappings out = MappingTransformers.inForce(message, platforms).hl7();
        if (message.getBody() instanceof CanonicalBundle bundle) {
            answer(
                    message,
                    out.write(
                            Hl7OutMappings.contents(bundle.resources()),
                            order(out, bundle.event(), "", Instant.now())));
            return;
        }
        CanonicalBatch batch = (CanonicalBatch) message.getBody();
        if (batch.deliveries().size() != 1) {
            throw new CodedException(Issue.of(
                    MappingError.FHIR_UNREADABLE,
                    "batch",
                    "found " + batch.deliveries().size() + " deliveries, expected 1: a message tells of one event"));
        }
        CanonicalDelivery delivery = batch.deliveries().get(0);
        Hl7Order order = order(
                out,
                delivery.event().event(),
                Long.toString(delivery.event().messageId()),
                delivery.event().occurredAt());
        answer(message, out.write(Hl7OutMappings.contents(delivery.resources()), order));
    }

    private static Hl7Order order(Hl7OutMappings out, String event, String controlId, Instant at) {
        return new Hl7Order(out.writes(event) ? event : "", StandardCharsets.UTF_8, controlId, at);
    }

    private static void answer(Message message, Hl7Output made) {
        message.setBody(made.raw());
        if (made.issues().isEmpty()) {
            message.getExchange().removeProperty(ExchangeNames.WRITE_WARNINGS);
        } else {
            message.getExchange().setProperty(ExchangeNames.WRITE_WARNINGS, made.issues());
        }
    }
}
