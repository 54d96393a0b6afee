package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tongmai.standards.terminology.ConceptMap;

/** What a FHIR resource says, element by element, whatever it is called and in whatever order it stands. */
final class FhirFacts {
    /**
     * One primitive.
     *
     * @param type resource type
     * @param path element without indexes
     * @param value text; of a reference, the type of what it refers to
     * @param meaning what counts when two are compared: a time as the instant it is; a coding system as the URI of the
     *     name it is given; an identifier that is a URN as what it names
     */
    record Fact(String type, String path, String value, String meaning) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Fact fact
                    && type.equals(fact.type)
                    && path.equals(fact.path)
                    && meaning.equals(fact.meaning);
        }

        @Override
        public int hashCode() {
            return Objects.hash(type, path, meaning);
        }

        /** Date and time of day as written, whatever the offset; empty when it is no time with an offset. */
        String local() {
            return ZONED.matcher(value).matches() ? value.replaceFirst("(Z|[+-]\\d{2}:\\d{2})$", "") : "";
        }

        /** Whose extension it is or is in, other than HL7's; null when it is not. */
        String foreign() {
            return FOREIGN.matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static final Pattern FOREIGN = Pattern.compile("\\{((?!hl7\\.org)[^}]*)}");
    private static final Pattern ZONED =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    private static final Pattern SYSTEM = Pattern.compile(".*(coding|Coding|quantity|Quantity|ator|low|high)\\.system");
    /** Before the name of a system from HL7 table 0396 that a converter has no URI for. */
    private static final String UNKNOWN_SYSTEM = "http://example.com/v2-to-fhir-converter/CodeSystem/";

    private final ConceptMap systems;

    /**
     * @param systems URIs of the names of coding systems
     */
    FhirFacts(ConceptMap systems) {
        this.systems = systems;
    }

    /** The facts of a resource; names, versions and narrative are not content. */
    List<Fact> of(JsonNode resource) {
        List<Fact> facts = new ArrayList<>();
        String type = resource.path("resourceType").asText();
        resource.fields().forEachRemaining(field -> {
            if (!List.of("resourceType", "id", "contained").contains(field.getKey())) {
                walk(type, field.getKey(), field.getValue(), facts);
            }
        });
        return facts;
    }

    private void walk(String type, String path, JsonNode node, List<Fact> facts) {
        if (node.isObject()) {
            String here = path + publisher(path, node);
            node.fields().forEachRemaining(field -> walk(type, here + "." + field.getKey(), field.getValue(), facts));
        } else if (node.isArray()) {
            node.forEach(item -> walk(type, path, item, facts));
        } else if (!node.isNull()) {
            String plain = path.replace("._", ".").replaceFirst("^_", "");
            String text = node.asText().trim();
            boolean reference = plain.endsWith("reference") && text.contains("/");
            String said = reference ? text.substring(0, text.indexOf('/')) : text;
            facts.add(new Fact(type, plain, said, meaning(plain, said)));
        }
    }

    /** Whose extension it is: the host of its URL in braces; nothing for the parts of an extension. */
    private static String publisher(String path, JsonNode node) {
        String url = node.path("url").asText();
        boolean extension = path.endsWith("xtension") && url.contains("://");
        return extension ? "{" + url.replaceFirst("^https?://([^/]*)/.*", "$1") + "}" : "";
    }

    private String meaning(String path, String text) {
        if (ZONED.matcher(text).matches()) {
            return OffsetDateTime.parse(text).toInstant().toString().replaceFirst("\\.(\\d*?)0*Z$", ".$1Z");
        }
        if (path.endsWith("dentifier.value")) {
            return text.replaceFirst("^urn:(oid|uuid):", "");
        }
        return SYSTEM.matcher(path).matches() ? system(text) : text;
    }

    private String system(String text) {
        String name = text.startsWith(UNKNOWN_SYSTEM) ? text.substring(UNKNOWN_SYSTEM.length()) : text;
        String uri = name.matches("(https?|urn):.*") ? name : CodingSystems.uri(systems, name);
        return uri == null ? name : uri;
    }
}
