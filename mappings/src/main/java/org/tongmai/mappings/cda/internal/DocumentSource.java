package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.document.DocumentField;

/** The resources a document is made of, and how its fields find theirs. */
final class DocumentSource {
    /** System of the national data elements 卫生信息数据元. */
    static final String DATA_ELEMENTS = "urn:oid:2.16.156.10011.2.2.1";

    /** Tag that says which kind of entry a resource is. */
    static final String ENTRY_TAG = "urn:tongmai:document-entry";

    /** Tag that says which section a resource belongs to. */
    static final String SECTION_TAG = "urn:tongmai:document-section";

    private final Map<String, List<ObjectNode>> byType = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> byFocus = new HashMap<>();
    private final Map<String, List<ObjectNode>> byDataElement = new HashMap<>();
    private final CodeTable loinc;

    DocumentSource(List<CanonicalResource> resources, CodeTable loinc) {
        this.loinc = loinc;
        for (CanonicalResource resource : resources) {
            byType.computeIfAbsent(resource.type(), type -> new ArrayList<>()).add(resource.content());
        }
        all("Observation").forEach(this::index);
    }

    private void index(ObjectNode observation) {
        for (JsonNode focus : observation.path("focus")) {
            String reference = focus.path("reference").asText();
            byFocus.computeIfAbsent(reference, key -> new ArrayList<>()).add(observation);
        }
        for (JsonNode coding : observation.path("code").path("coding")) {
            if (coding.path("system").asText().equals(DATA_ELEMENTS)) {
                String code = coding.path("code").asText();
                byDataElement.computeIfAbsent(code, key -> new ArrayList<>()).add(observation);
            }
        }
    }

    List<ObjectNode> all(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** The first resource of a type, or an empty one. */
    ObjectNode first(String type) {
        List<ObjectNode> all = all(type);
        return all.isEmpty() ? JsonNodeFactory.instance.objectNode() : all.get(0);
    }

    /** The observations of a data element that stands alone, by its code, or by the LOINC code of what it measures. */
    List<ObjectNode> alone(DocumentField field) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode observation : byDataElement.getOrDefault(field.dataElement(), List.of())) {
            if (observation.path("focus").isEmpty() && is(observation, field)) {
                found.add(observation);
            }
        }
        if (found.isEmpty() && !field.qualified() && loinc.target(field.dataElement()) != null) {
            measured(loinc.target(field.dataElement()).code(), found);
        }
        return found;
    }

    private void measured(String code, List<ObjectNode> found) {
        for (ObjectNode observation : all("Observation")) {
            if (hasCode(observation.path("code"), loinc.target("DE04.10.174.00").system(), code)) {
                found.add(observation);
            }
            for (JsonNode component : observation.path("component")) {
                if (hasCode(
                        component.path("code"), loinc.target("DE04.10.174.00").system(), code)) {
                    ObjectNode alone = component.deepCopy();
                    alone.set("effectiveDateTime", observation.get("effectiveDateTime"));
                    found.add(alone);
                }
            }
        }
    }

    /** The observations that say more about a resource, of one data element. */
    List<ObjectNode> about(ObjectNode resource, DocumentField field) {
        String reference = resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode observation : byFocus.getOrDefault(reference, List.of())) {
            if (hasCode(observation.path("code"), DATA_ELEMENTS, field.dataElement())) {
                found.add(observation);
            }
        }
        return found;
    }

    /** The resources of one kind of entry that belong into a section. */
    List<ObjectNode> entries(Kind kind, String section) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode resource : all(kind.map().type())) {
            String entry = tag(resource, ENTRY_TAG);
            String place = tag(resource, SECTION_TAG);
            boolean mine = entry.isEmpty()
                    ? kind.first() && !dataElement(resource)
                    : entry.equals(kind.map().name());
            boolean here = place.isEmpty() ? section.equals(kind.home()) : place.equals(section);
            if (mine && here) {
                found.add(resource);
            }
        }
        return found;
    }

    /**
     * A kind of entry in a document type.
     *
     * @param first whether untagged resources of its FHIR type are of this kind
     * @param home the section of untagged ones
     */
    record Kind(PlaceMap map, boolean first, String home) {}

    /** Whether an observation is a data element or a measured value, which fields find by their code. */
    private boolean dataElement(ObjectNode resource) {
        for (JsonNode coding : resource.path("code").path("coding")) {
            if (coding.path("system").asText().equals(DATA_ELEMENTS)
                    || loinc.source(coding.path("code").asText()) != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(ObjectNode observation, DocumentField field) {
        return !field.qualified()
                || observation.path("code").path("text").asText().equals(field.name());
    }

    private static boolean hasCode(JsonNode concept, String system, String code) {
        for (JsonNode coding : concept.path("coding")) {
            if (coding.path("code").asText().equals(code)
                    && coding.path("system").asText().equals(system)) {
                return true;
            }
        }
        return false;
    }

    private static String tag(ObjectNode resource, String system) {
        for (JsonNode tag : resource.path("meta").path("tag")) {
            if (tag.path("system").asText().equals(system)) {
                return tag.path("code").asText();
            }
        }
        return "";
    }
}
