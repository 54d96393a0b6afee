package org.tongmai.mappings.camel;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.tongmai.mappings.DeliveryCsv;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.mappings.hl7out.Hl7OutMappings;

/** Registers the data types of this module; call before routes are added. */
public final class MappingTransformers {
    private MappingTransformers() {}

    /** Registers {@code hl7v2:message} to {@code fhir:bundle} and {@code fhir:batch} to {@code csv:<layout>}. */
    public static void register(CamelContext context, MappingEngine engine) {
        add(context, new Hl7ToCanonicalTransformer(engine));
        for (String layout : DeliveryCsv.LAYOUTS) {
            add(context, new BatchToCsvTransformer(layout, engine));
        }
    }

    /** Registers {@code cda:document} to {@code fhir:bundle} and back. */
    public static void register(CamelContext context, CdaMappings cda) {
        add(context, new CdaToCanonicalTransformer(cda));
        add(context, new CanonicalToCdaTransformer(cda));
    }

    /** Registers {@code fhir:bundle} and {@code fhir:batch} (of one delivery) to {@code hl7v2:message}. */
    public static void register(CamelContext context, Supplier<Hl7OutMappings> out) {
        add(context, new CanonicalToHl7Transformer("fhir:bundle", out));
        add(context, new CanonicalToHl7Transformer("fhir:batch", out));
    }

    private static void add(CamelContext context, Transformer transformer) {
        context.getTransformerRegistry().put(TransformerKey.createFrom(transformer), transformer);
    }
}
