package org.tongmai.console.server.sample;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stands where the FHIR API stands. */
@RestController
class SampleFhir {
    @GetMapping("/fhir/metadata")
    Map<String, String> metadata() {
        return Map.of("resourceType", "CapabilityStatement");
    }

    @GetMapping("/fhir/Patient/{id}/_history/{version}")
    Map<String, String> patient(@PathVariable String id) {
        return Map.of("resourceType", "Patient", "id", id);
    }

    /** What is written, and what is asked for by POST. */
    @PostMapping("/fhir/**")
    Map<String, String> posted() {
        return Map.of("resourceType", "Bundle");
    }

    @PostMapping("/fhir")
    Map<String, String> transaction() {
        return posted();
    }
}
