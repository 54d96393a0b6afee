package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * Makes a {@link org.tongmai.standards.canonical.CanonicalBundle} of a {@link ReceivedMessage}:
 * {@code transformDataType: {fromType: "hl7v2:message", toType: "fhir:bundle"}}.
 */
public final class Hl7ToCanonicalTransformer extends Transformer {
    private final MappingEngine engine;

    public Hl7ToCanonicalTransformer(MappingEngine engine) {
        super();
        setFrom("hl7v2:message");
        setTo("fhir:bundle");
        this.engine = engine;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        message.setBody(engine.map((ReceivedMessage) message.getBody()));
    }
}
