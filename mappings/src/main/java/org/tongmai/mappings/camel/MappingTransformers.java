package org.tongmai.mappings.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.tongmai.mappings.DeliveryCsv;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.exchange.ExchangeNames;

/** Registers the data types of this module; call before routes are added. */
public final class MappingTransformers {
    private MappingTransformers() {}

    /**
     * Registers {@code hl7v2:message} to {@code fhir:bundle}, {@code fhir:batch} to {@code csv:<layout>}, and
     * {@code fhir:bundle} and {@code fhir:batch} (of one delivery) to {@code hl7v2:message}, and {@code fhir:call} to
     * {@code hl7v2:call}.
     */
    public static void register(CamelContext context, MappingEngine engine) {
        add(context, new Hl7ToCanonicalTransformer(engine));
        add(context, new CanonicalToHl7Transformer("fhir:bundle", engine));
        add(context, new CanonicalToHl7Transformer("fhir:batch", engine));
        add(context, new FhirCallToHl7Transformer(engine));
        for (String layout : DeliveryCsv.LAYOUTS) {
            add(context, new BatchToCsvTransformer(layout, engine));
        }
    }

    /** Registers {@code cda:document} to {@code fhir:bundle} and back. */
    public static void register(CamelContext context, CdaMappings cda) {
        add(context, new CdaToCanonicalTransformer(cda));
        add(context, new CanonicalToCdaTransformer(cda));
    }

    /** The rows of the bundle's version, where it has rows of its own; else the platform's. */
    static MappingEngine inForce(Message message, MappingEngine platforms) {
        MappingEngine versions = message.getExchange().getProperty(ExchangeNames.MAPPINGS, MappingEngine.class);
        return versions == null ? platforms : versions;
    }

    private static void add(CamelContext context, Transformer transformer) {
        context.getTransformerRegistry().put(TransformerKey.createFrom(transformer), transformer);
    }
}
