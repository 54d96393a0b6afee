package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalBundle;

/**
 * Makes the bytes of a shared document of a {@link CanonicalBundle} with a Composition that says its type:
 * {@code transformDataType: {fromType: "fhir:bundle", toType: "cda:document"}}.
 */
public final class CanonicalToCdaTransformer extends Transformer {
    private final CdaMappings mappings;

    public CanonicalToCdaTransformer(CdaMappings mappings) {
        super();
        setFrom("fhir:bundle");
        setTo("cda:document");
        this.mappings = mappings;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        CanonicalBundle bundle = (CanonicalBundle) message.getBody();
        message.setBody(mappings.generate(bundle.resources()).xml());
    }
}
