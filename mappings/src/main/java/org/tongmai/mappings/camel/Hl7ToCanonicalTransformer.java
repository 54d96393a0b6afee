package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * Makes a {@link org.tongmai.standards.canonical.CanonicalBundle} of a {@link ReceivedMessage}:
 * {@code transformDataType: {fromType: "hl7v2:message", toType: "fhir:bundle"}}. By the rows of the bundle's version where
 * it has rows of its own ({@link org.tongmai.standards.exchange.ExchangeNames#MAPPINGS}), else by the platform's.
 */
public final class Hl7ToCanonicalTransformer extends Transformer {
    private final MappingEngine platforms;

    public Hl7ToCanonicalTransformer(MappingEngine engine) {
        super();
        setFrom("hl7v2:message");
        setTo("fhir:bundle");
        this.platforms = engine;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        MappingEngine engine = MappingTransformers.inForce(message, platforms);
        message.setBody(engine.map((ReceivedMessage) message.getBody()));
    }
}
