package org.tongmai.console.app.sandbox;

import org.apache.camel.CamelContext;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.FhirWriting;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.camel.MappingTransformers;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.validation.ResourceValidator;

/**
 * The data types of bundles: one list for the platform, sandboxes and the command line.
 *
 * @param mappings HL7 v2 to canonical and back, and CSV
 * @param cda CDA documents
 * @param fhir requests at the FHIR endpoint
 */
public record PlatformTypes(MappingEngine mappings, CdaMappings cda, Requests fhir)
        implements SandboxPlatform.DataTypes {
    /** What FHIR requests are read with. */
    public record Requests(CanonicalSearch search, ResourceValidator validator, FhirSettings settings) {}

    @Override
    public void register(CamelContext context) {
        MappingTransformers.register(context, mappings);
        MappingTransformers.register(context, cda);
        FhirWriting.register(context, fhir.search(), fhir.validator(), fhir.settings());
    }
}
