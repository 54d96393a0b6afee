package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.canonical.CanonicalResource;

/** Writes the names and numbers of what references point at beside them, so that rows need not follow references. */
final class NamedReferences {
    private final Map<String, ObjectNode> targets = new HashMap<>();

    private NamedReferences(List<CanonicalResource> resources) {
        for (CanonicalResource resource : resources) {
            if (resource.type().matches("Practitioner|Organization|Location")) {
                targets.put(resource.reference(), resource.content());
            }
        }
    }

    /** Copies of the resources with their references named. */
    static List<CanonicalResource> in(List<CanonicalResource> resources) {
        NamedReferences names = new NamedReferences(resources);
        List<CanonicalResource> named = new ArrayList<>(resources.size());
        for (CanonicalResource resource : resources) {
            ObjectNode content = resource.content().deepCopy();
            names.name(content);
            names.places(content.path("location"));
            named.add(new CanonicalResource(resource.type(), resource.id(), content));
        }
        return named;
    }

    private void name(JsonNode node) {
        ObjectNode target =
                node instanceof ObjectNode ? targets.get(node.path("reference").asText()) : null;
        if (target != null) {
            ObjectNode reference = (ObjectNode) node;
            String name = nameOf(target);
            if (!reference.hasNonNull("display") && !name.isEmpty()) {
                reference.put("display", name);
            }
            if (!reference.has("identifier") && target.path("identifier").has(0)) {
                reference.set("identifier", target.path("identifier").get(0).deepCopy());
            }
        }
        node.forEach(this::name);
    }

    private static String nameOf(ObjectNode target) {
        JsonNode name = target.path("name");
        if (name.isTextual()) {
            return name.asText();
        }
        JsonNode first = name.path(0);
        StringBuilder text = new StringBuilder(first.path("text").asText());
        if (text.isEmpty()) {
            text.append(first.path("family").asText());
            first.path("given").forEach(given -> text.append(given.asText()));
        }
        return text.toString();
    }

    /** What kind of place a visit's location is, which stands in the Location. */
    private void places(JsonNode locations) {
        for (JsonNode location : locations) {
            ObjectNode target =
                    targets.get(location.path("location").path("reference").asText());
            if (target != null && target.has("physicalType") && !location.has("physicalType")) {
                ((ObjectNode) location)
                        .set("physicalType", target.get("physicalType").deepCopy());
            }
        }
    }
}
