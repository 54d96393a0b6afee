package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.canonical.CanonicalBatch;

/**
 * Makes CSV bytes of a {@link CanonicalBatch}:
 * {@code transformDataType: {fromType: "fhir:batch", toType: "csv:district-visit"}}.
 */
public final class BatchToCsvTransformer extends Transformer {
    private final String layout;
    private final MappingEngine platforms;

    public BatchToCsvTransformer(String layout, MappingEngine engine) {
        super();
        setFrom("fhir:batch");
        setTo("csv:" + layout);
        this.layout = layout;
        this.platforms = engine;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        MappingEngine engine = MappingTransformers.inForce(message, platforms);
        message.setBody(engine.csv(layout).write((CanonicalBatch) message.getBody()));
    }
}
