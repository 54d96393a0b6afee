package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.DeliveryCsv;
import org.tongmai.standards.canonical.CanonicalBatch;

/**
 * Makes CSV bytes of a {@link CanonicalBatch}:
 * {@code transformDataType: {fromType: "fhir:batch", toType: "csv:district-visit"}}.
 */
public final class BatchToCsvTransformer extends Transformer {
    private final DeliveryCsv csv;

    public BatchToCsvTransformer(String layout, DeliveryCsv csv) {
        super();
        setFrom("fhir:batch");
        setTo("csv:" + layout);
        this.csv = csv;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        message.setBody(csv.write((CanonicalBatch) message.getBody()));
    }
}
