package org.tongmai.console.app.sandbox;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.FhirWriting;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.camel.MappingTransformers;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.validation.ResourceValidator;

/**
 * The data types of bundles: one list for the platform, sandboxes and the command line.
 *
 * @param mappings HL7 v2 to canonical, and CSV
 * @param cda CDA documents
 * @param hl7 canonical to HL7 v2; compiled when first asked for
 * @param fhir requests at the FHIR endpoint
 */
public record PlatformTypes(MappingEngine mappings, CdaMappings cda, Supplier<Hl7OutMappings> hl7, Requests fhir)
        implements SandboxPlatform.DataTypes {
    /** What FHIR requests are read with. */
    public record Requests(CanonicalSearch search, ResourceValidator validator, FhirSettings settings) {}

    @Override
    public void register(CamelContext context) {
        MappingTransformers.register(context, mappings);
        MappingTransformers.register(context, cda);
        MappingTransformers.register(context, hl7);
        FhirWriting.register(context, fhir.search(), fhir.validator(), fhir.settings());
    }
}
