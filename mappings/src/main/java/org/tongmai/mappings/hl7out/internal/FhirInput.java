package org.tongmai.mappings.hl7out.internal;

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
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads a bundle, or a single resource; references by {@code fullUrl} become {@code Type/id}. */
public final class FhirInput {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build());

    private FhirInput() {}

    /** The resources; a bundle's envelope without its entries is the last. */
    public static List<ObjectNode> read(byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException malformed) {
            throw refused("", "expected JSON");
        }
        if (!(root instanceof ObjectNode object) || !object.path("resourceType").isTextual()) {
            throw refused("resourceType", "expected a FHIR resource");
        }
        return object.path("resourceType").asText().equals("Bundle") ? entries(object) : List.of(object);
    }

    private static List<ObjectNode> entries(ObjectNode bundle) {
        List<ObjectNode> resources = new ArrayList<>();
        Map<String, String> urls = new HashMap<>();
        int number = 0;
        for (JsonNode entry : bundle.path("entry")) {
            if (!(entry.get("resource") instanceof ObjectNode resource)
                    || !resource.path("resourceType").isTextual()) {
                throw refused("Bundle.entry[" + number + "]", "expected a resource");
            }
            if (!resource.hasNonNull("id")) {
                resource.put("id", "entry-" + number);
            }
            urls.put(entry.path("fullUrl").asText(), Resources.reference(resource));
            resources.add(resource);
            number++;
        }
        resources.forEach(resource -> rewrite(resource, urls));
        ObjectNode envelope = bundle.deepCopy();
        envelope.remove("entry");
        resources.add(envelope);
        return resources;
    }

    private static void rewrite(JsonNode node, Map<String, String> urls) {
        if (node instanceof ObjectNode object && object.path("reference").isTextual()) {
            String known = urls.get(object.path("reference").textValue());
            if (known != null) {
                object.put("reference", known);
            }
        }
        node.forEach(child -> rewrite(child, urls));
    }

    private static CodedException refused(String where, String detail) {
        return new CodedException(Issue.of(MappingError.FHIR_UNREADABLE, where, detail));
    }
}
