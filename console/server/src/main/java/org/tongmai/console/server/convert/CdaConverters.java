package org.tongmai.console.server.convert;

import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tongmai.mappings.cda.CdaDocument;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalResource;

/** CDA to FHIR and back. */
@Configuration(proxyBeanMethods = false)
public class CdaConverters {
    @Bean
    Converter cdaToFhir(CdaMappings cda) {
        return new Converter() {
            @Override
            public String name() {
                return "cda-to-fhir";
            }

            @Override
            public Conversion convert(byte[] body, Map<String, String> options) {
                return Conversion.bundle(cda.read(body));
            }
        };
    }

    /** The document type is the query's {@code type}, or else the Composition's. */
    @Bean
    Converter fhirToCda(CdaMappings cda) {
        return new Converter() {
            @Override
            public String name() {
                return "fhir-to-cda";
            }

            @Override
            public Conversion convert(byte[] body, Map<String, String> options) {
                List<CanonicalResource> resources = CdaMappings.resources(body);
                String type = options.getOrDefault("type", "");
                CdaDocument document = type.isEmpty() ? cda.generate(resources) : cda.generate(type, resources);
                return Conversion.text(document.xml(), document.issues());
            }
        };
    }
}
