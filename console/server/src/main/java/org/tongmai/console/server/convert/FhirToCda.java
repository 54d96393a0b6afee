package org.tongmai.console.server.convert;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tongmai.mappings.cda.CdaDocument;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalResource;

/** A shared document of a FHIR bundle; its type is the option {@code type}, or else the Composition's. */
final class FhirToCda implements Converter {
    private final Supplier<CdaMappings> mappings;

    FhirToCda(Supplier<CdaMappings> mappings) {
        this.mappings = mappings;
    }

    @Override
    public Conversion convert(byte[] body, Map<String, String> options) {
        CdaMappings cda = mappings.get();
        List<CanonicalResource> resources = CdaMappings.resources(body);
        String type = options.getOrDefault("type", "");
        CdaDocument document = type.isEmpty() ? cda.generate(resources) : cda.generate(type, resources);
        return Conversion.text(document.xml(), document.issues());
    }
}
