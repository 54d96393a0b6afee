package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.Issue;

/** One import at work: what was made so far, what was noticed, and how a resource gets its id and its references. */
final class ImportRun {
    private static final int MOST_ISSUES = 1_000;

    private final CdaMaps maps;
    private final DataTypeReader types;
    private final List<Issue> issues;
    private final String document;
    private final Map<String, CanonicalResource> made = new LinkedHashMap<>();
    private String patient = "";
    private String encounter = "";

    /**
     * @param document what the document is recognised by; ids of what has none are derived from it
     */
    ImportRun(CdaMaps maps, DataTypeReader types, List<Issue> issues, String document) {
        this.maps = maps;
        this.types = types;
        this.issues = issues;
        this.document = document;
    }

    DataTypeReader types() {
        return types;
    }

    List<Issue> issues() {
        return issues;
    }

    /** Notices something; beyond {@link #MOST_ISSUES} nobody would read it. */
    void notice(CdaError error, String where, String detail) {
        if (issues.size() < MOST_ISSUES) {
            issues.add(Issue.of(error, where, detail));
        }
    }

    List<CanonicalResource> resources() {
        return List.copyOf(made.values());
    }

    /** A resource kept before, to be added to. */
    ObjectNode kept(String reference) {
        return made.get(reference).content();
    }

    /** Says whom and which visit everything that follows is about; empty for none. */
    void about(String patientReference, String encounterReference) {
        patient = patientReference;
        encounter = encounterReference;
    }

    /** Makes the resource a map describes of an element; null when what it requires is not there. */
    ObjectNode make(ImportMap map, CdaElement element) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("resourceType", map.type());
        Set<String> written = new HashSet<>();
        boolean required = false;
        boolean has = false;
        for (ImportMap.Row row : map.rows()) {
            required |= row.required();
            String target = row.to().toString();
            if (!written.contains(target) && write(row, element, resource)) {
                written.add(target);
                has |= row.required();
            }
        }
        return required && !has ? null : resource;
    }

    private boolean write(ImportMap.Row row, CdaElement element, ObjectNode resource) {
        boolean any = false;
        for (CdaPath.Hit hit : row.from().select(element)) {
            ElementPath.Typed value = value(hit, row.to().type(), row.code());
            if (value != null && (!any || row.to().appends())) {
                row.to().write(resource, value);
                any = true;
            }
        }
        return any;
    }

    /** Reads what stands there as a FHIR type, through a table where there is one; null when it says nothing. */
    ElementPath.Typed value(CdaPath.Hit hit, String type, CodeTable code) {
        if (type.equals("[x]")) {
            return hit.element().attributes().containsKey("nullFlavor")
                            && hit.element().attributes().size() < 3
                    ? null
                    : types.any(hit.element());
        }
        JsonNode node = types.read(hit, type);
        if (node == null) {
            if (!hit.text().isEmpty() && hit.attribute() != null) {
                notice(CdaError.NOT_MAPPED, hit.xpath(), "expected " + type);
            }
            return null;
        }
        if (code != null && node.isTextual()) {
            var target = code.target(node.asText());
            if (target == null) {
                notice(CdaError.CODE_UNMAPPED, hit.xpath(), "expected a code of " + code.name());
                return null;
            }
            return new ElementPath.Typed(type, TextNode.valueOf(target.code()));
        }
        return new ElementPath.Typed(type, node);
    }

    /** Keeps a resource: with constants, references and an id; answers its reference. */
    String keep(ObjectNode resource, CdaElement element) {
        String type = resource.path("resourceType").asText();
        defaults(resource, type);
        references(resource, type);
        String id = id(resource, type, element);
        ObjectNode content =
                JsonNodeFactory.instance.objectNode().put("resourceType", type).put("id", id);
        content.setAll(resource);
        content.put("id", id);
        made.put(type + "/" + id, new CanonicalResource(type, id, content));
        return type + "/" + id;
    }

    /** Keeps a person or organisation once, however often the document names it; answers its reference. */
    String party(ObjectNode resource, CdaElement element) {
        String type = resource.path("resourceType").asText();
        JsonNode identifier = resource.path("identifier").path(0);
        String id = CanonicalIds.idFor(
                type,
                identifier.path("system").asText(),
                identifier.path("value").asText());
        return made.containsKey(type + "/" + id) ? type + "/" + id : keep(resource, element);
    }

    void defaults(ObjectNode target, String type) {
        ImportMap constants = maps.defaults(type);
        if (constants == null) {
            return;
        }
        for (ImportMap.Row row : constants.rows()) {
            if (!row.to().valued(target)) {
                row.to().write(target, new ElementPath.Typed("string", TextNode.valueOf(row.constant())));
            }
        }
    }

    private void references(ObjectNode resource, String type) {
        String subject =
                switch (type) {
                    case "AllergyIntolerance", "Immunization" -> "patient";
                    case "Patient", "Practitioner", "Organization" -> "";
                    default -> "subject";
                };
        if (!subject.isEmpty() && !patient.isEmpty()) {
            resource.putObject(subject).put("reference", patient);
        }
        if (encounter.isEmpty()) {
            return;
        }
        switch (type) {
            case "MedicationStatement" -> resource.putObject("context").put("reference", encounter);
            case "DocumentReference" ->
                contextOf(resource).putArray("encounter").addObject().put("reference", encounter);
            case "Patient", "Practitioner", "Organization", "Encounter" -> {
                // not about a visit
            }
            default -> resource.putObject("encounter").put("reference", encounter);
        }
    }

    private static ObjectNode contextOf(ObjectNode resource) {
        return resource.get("context") instanceof ObjectNode there ? there : resource.putObject("context");
    }

    private String id(ObjectNode resource, String type, CdaElement element) {
        List<JsonNode> candidates = new ArrayList<>();
        candidates.add(resource.path("masterIdentifier"));
        JsonNode identifier = resource.path("identifier");
        if (identifier.isArray()) {
            identifier.forEach(candidates::add);
        }
        for (JsonNode candidate : candidates) {
            String value = candidate.path("value").asText();
            String id = CanonicalIds.idFor(type, candidate.path("system").asText(), value);
            if (!value.isEmpty() && !made.containsKey(type + "/" + id)) {
                return id;
            }
        }
        return CanonicalIds.idFor(type, "urn:tongmai:cda:" + document, element.xpath() + "#" + made.size());
    }
}
