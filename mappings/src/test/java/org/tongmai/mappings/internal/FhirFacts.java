package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a FHIR resource says, element by element, whatever it is called and in whatever order it stands. */
final class FhirFacts {
    /**
     * One primitive.
     *
     * @param type resource type
     * @param path element without indexes
     * @param value text; of a reference, the type of what it refers to
     */
    record Fact(String type, String path, String value) {}

    private FhirFacts() {}

    /** The facts of a resource; names, versions and narrative are not content. */
    static List<Fact> of(JsonNode resource) {
        List<Fact> facts = new ArrayList<>();
        String type = resource.path("resourceType").asText();
        resource.fields().forEachRemaining(field -> {
            if (!List.of("resourceType", "id", "contained").contains(field.getKey())) {
                walk(type, field.getKey(), field.getValue(), facts);
            }
        });
        return facts;
    }

    private static void walk(String type, String path, JsonNode node, List<Fact> facts) {
        if (node.isObject()) {
            String here = path + publisher(path, node);
            node.fields().forEachRemaining(field -> walk(type, here + "." + field.getKey(), field.getValue(), facts));
        } else if (node.isArray()) {
            node.forEach(item -> walk(type, path, item, facts));
        } else if (!node.isNull()) {
            facts.add(new Fact(type, path.replace("._", ".").replaceFirst("^_", ""), value(path, node.asText())));
        }
    }

    /** Whose extension it is: the host of its URL in braces; nothing for the parts of an extension. */
    private static String publisher(String path, JsonNode node) {
        String url = node.path("url").asText();
        boolean extension = path.endsWith("xtension") && url.contains("://");
        return extension ? "{" + url.replaceFirst("^https?://([^/]*)/.*", "$1") + "}" : "";
    }

    private static String value(String path, String text) {
        if (path.endsWith("reference") && text.contains("/")) {
            return text.substring(0, text.indexOf('/'));
        }
        boolean time = text.matches("\\d{4}-\\d{2}-\\d{2}T.*");
        String plain = time ? text.replaceFirst("(:\\d{2})\\.0+(?=[Z+-])", "$1").replace("+00:00", "Z") : text;
        return plain.trim();
    }
}
