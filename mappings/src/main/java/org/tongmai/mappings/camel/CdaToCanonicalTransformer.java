package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.cda.CdaMappings;

/**
 * Makes a {@link org.tongmai.standards.canonical.CanonicalBundle} of the bytes of a CDA document:
 * {@code transformDataType: {fromType: "cda:document", toType: "fhir:bundle"}}.
 */
public final class CdaToCanonicalTransformer extends Transformer {
    private final CdaMappings mappings;

    public CdaToCanonicalTransformer(CdaMappings mappings) {
        super();
        setFrom("cda:document");
        setTo("fhir:bundle");
        this.mappings = mappings;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        message.setBody(mappings.read(message.getBody(byte[].class)));
    }
}
