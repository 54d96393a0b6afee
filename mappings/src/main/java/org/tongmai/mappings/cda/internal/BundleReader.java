package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads the resources of a FHIR bundle in JSON; references by {@code fullUrl} become {@code Type/id}. */
final class BundleReader {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build());

    private final Map<String, String> urls = new HashMap<>();

    List<CanonicalResource> read(byte[] json) {
        JsonNode bundle;
        try {
            bundle = JSON.readTree(json);
        } catch (IOException malformed) {
            throw refused("/", "expected JSON");
        }
        if (bundle == null || !bundle.path("resourceType").asText().equals("Bundle")) {
            throw refused("Bundle", "expected resourceType Bundle");
        }
        List<CanonicalResource> resources = new ArrayList<>();
        int number = 0;
        for (JsonNode entry : bundle.path("entry")) {
            if (!(entry.get("resource") instanceof ObjectNode resource) || !resource.hasNonNull("resourceType")) {
                throw refused("Bundle.entry[" + number + "]", "expected a resource");
            }
            String type = resource.path("resourceType").asText();
            String id = resource.path("id").asText("entry-" + number);
            resource.put("id", id);
            urls.put(entry.path("fullUrl").asText(), type + "/" + id);
            resources.add(new CanonicalResource(type, id, resource));
            number++;
        }
        resources.forEach(resource -> rewrite(resource.content()));
        identify(bundle, resources);
        return resources;
    }

    private void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("reference").isTextual()) {
            String known = urls.get(object.path("reference").asText());
            if (known != null) {
                object.put("reference", known);
            }
        }
        node.forEach(this::rewrite);
    }

    /** A document bundle's own number and time (FHIR R4, Documents) stand for those of a missing DocumentReference. */
    private static void identify(JsonNode bundle, List<CanonicalResource> resources) {
        boolean known = resources.stream().anyMatch(resource -> resource.type().equals("DocumentReference"));
        if (known || !bundle.hasNonNull("identifier")) {
            return;
        }
        ObjectNode document =
                JSON.createObjectNode().put("resourceType", "DocumentReference").put("id", "document");
        document.putObject("masterIdentifier")
                .put("system", "urn:oid:2.16.156.10011.1.1")
                .put("value", bundle.path("identifier").path("value").asText());
        if (bundle.hasNonNull("timestamp")) {
            document.put("date", bundle.path("timestamp").asText());
        }
        resources.add(new CanonicalResource("DocumentReference", "document", document));
    }

    private static CodedException refused(String where, String detail) {
        return new CodedException(Issue.of(CdaError.BUNDLE_UNREADABLE, where, detail));
    }
}
