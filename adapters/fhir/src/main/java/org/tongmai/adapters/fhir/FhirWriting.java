package org.tongmai.adapters.fhir;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.spi.TransformerKey;
import org.tongmai.adapters.fhir.internal.write.Feeding;
import org.tongmai.adapters.fhir.internal.write.RequestReading;
import org.tongmai.adapters.fhir.internal.write.RequestTransformer;
import org.tongmai.adapters.fhir.internal.write.SampleRequest;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.exchange.StoredMessages;
import org.tongmai.standards.validation.ResourceValidator;

/**
 * What the endpoint needs to write: requests go through a bundle's route that begins with the kamelet
 * {@code fhir-source}, as HL7 v2 does through its own, and are answered with what the commit stored.
 */
public final class FhirWriting {
    private final Feeding feeding;
    private final FhirSettings settings;

    /**
     * @param camel the context the bundles run in; asked for with the first request
     * @param stored what messages led to
     * @param repository reads what was stored
     * @param settings what is taken; the servlet's, too
     */
    public FhirWriting(
            Supplier<CamelContext> camel,
            StoredMessages stored,
            CanonicalRepository repository,
            FhirSettings settings) {
        this.feeding = Feeding.of(camel, stored, repository);
        this.settings = settings;
    }

    public FhirSettings settings() {
        return settings;
    }

    /**
     * Registers the data type {@code fhir:request} to {@code fhir:bundle}, and what reads replays and samples; call before
     * routes are added.
     */
    public static void register(
            CamelContext context, CanonicalSearch search, ResourceValidator validator, FhirSettings settings) {
        RequestReading reading = new RequestReading(search, validator, settings);
        context.getRegistry().bind(RequestReading.REPLAYS, Processor.class, reading);
        context.getRegistry().bind(SampleRequest.NAME, Processor.class, new SampleRequest(reading));
        RequestTransformer transformer = new RequestTransformer(search, reading, settings);
        context.getTransformerRegistry().put(TransformerKey.createFrom(transformer), transformer);
    }

    Feeding feeding() {
        return feeding;
    }
}
