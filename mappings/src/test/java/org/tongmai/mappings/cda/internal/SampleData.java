package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.document.HeaderElement;

/** Invents canonical data that fill every field of a document type, and reads them back field by field. */
final class SampleData {
    private final DocumentTables tables;
    private final CdaMaps maps;

    SampleData(DocumentTables tables, CdaMaps maps) {
        this.tables = tables;
        this.maps = maps;
    }

    List<CanonicalResource> of(DocumentType type) {
        Map<String, ObjectNode> made = new LinkedHashMap<>();
        for (String name : List.of("Patient", "Encounter", "Composition", "DocumentReference")) {
            made.put(name, resource(name, "1"));
        }
        header(type, made);
        int number = 0;
        Map<String, ObjectNode> entries = new LinkedHashMap<>();
        for (DocumentField field : type.fields()) {
            if (field.inHeader()) {
                continue;
            }
            number++;
            if (field.alone()) {
                made.put("alone" + number, observation(field, number, null));
                continue;
            }
            PlaceMap map = maps.places(field.entry());
            String key = field.section() + " " + field.entry();
            int id = number;
            ObjectNode entry = entries.computeIfAbsent(key, name -> entry(map, field.section(), id));
            made.putIfAbsent(key, entry);
            if (field.place().equals("other")) {
                String focus = map.type() + "/" + entry.path("id").asText();
                made.put("about" + number, observation(field, number, focus));
            } else {
                ElementPath path = map.rowsTo(field.place()).get(0).from();
                path.write(
                        entry,
                        value(
                                path.type(),
                                tables.dataElement(field.dataElement()).orElse(null),
                                field.name()));
            }
        }
        return made.values().stream()
                .map(node -> new CanonicalResource(
                        node.path("resourceType").asText(), node.path("id").asText(), node))
                .toList();
    }

    private void header(DocumentType type, Map<String, ObjectNode> made) {
        List<String> names = new ArrayList<>(List.of("document.id", "document.time", "author.time", "author.name"));
        names.addAll(List.of("custodian.id", "custodian.name", "patient.name", "patient.gender", "patient.birth-time"));
        type.fieldsOf(DocumentField.HEADER).forEach(field -> names.add(field.entry()));
        for (HeaderElement element : tables.header()) {
            List<PlaceRow> rows = maps.places("header").rowsTo(element.name());
            if (!names.contains(element.name()) || rows.isEmpty() || rows.get(0).from() == null) {
                continue;
            }
            PlaceRow row = rows.get(0);
            if (row.from().valued(made.get(row.type()))) {
                continue;
            }
            DataElement wanted = tables.dataElement(element.dataElement()).orElse(null);
            row.from().write(made.get(row.type()), value(row.from().type(), wanted, element.title()));
        }
        if (names.stream().anyMatch(name -> name.startsWith("signer."))) {
            ObjectNode attester = made.get("Composition").putArray("attester").addObject();
            for (PlaceRow row : maps.places("signer").rows()) {
                row.from().write(attester, value(row.from().type(), null, row.to()));
            }
        }
    }

    private static ObjectNode resource(String type, String id) {
        return JsonNodeFactory.instance.objectNode().put("resourceType", type).put("id", id);
    }

    private static ObjectNode entry(PlaceMap map, String section, int id) {
        ObjectNode entry = resource(map.type(), "e" + id);
        var tags = entry.putObject("meta").putArray("tag");
        tags.addObject().put("system", DocumentSource.ENTRY_TAG).put("code", map.name());
        tags.addObject().put("system", DocumentSource.SECTION_TAG).put("code", section);
        return entry;
    }

    private ObjectNode observation(DocumentField field, int number, String focus) {
        ObjectNode observation = resource("Observation", "o" + number);
        ObjectNode code = observation.putObject("code");
        code.putArray("coding")
                .addObject()
                .put("system", DocumentSource.DATA_ELEMENTS)
                .put("code", field.dataElement());
        code.put("text", field.name());
        if (focus != null) {
            observation.putArray("focus").addObject().put("reference", focus);
        }
        DataElement wanted = tables.dataElement(field.dataElement()).orElseThrow();
        String type =
                switch (wanted.type()) {
                    case "CD" -> "CodeableConcept";
                    case "PQ", "MO" -> "Quantity";
                    case "INT" -> "integer";
                    case "TS" -> "dateTime";
                    case "BL" -> "boolean";
                    default -> "string";
                };
        ElementPath.parse("value[x]", new org.tongmai.mappings.internal.FhirTypes(), "Observation")
                .write(observation, value(type, wanted, field.name()));
        if (focus == null) {
            observation.put("effectiveDateTime", "2026-05-02T09:30:00+08:00");
        }
        return observation;
    }

    private static ElementPath.Typed value(String type, DataElement wanted, String name) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode node =
                switch (type) {
                    case "code" -> json.textNode("female");
                    case "date" -> json.textNode("1990-03-07");
                    case "dateTime", "instant" -> json.textNode("2026-05-02T09:30:00+08:00");
                    case "integer" -> json.numberNode(2);
                    case "boolean" -> json.booleanNode(true);
                    case "HumanName" -> json.objectNode().put("text", "测试乙");
                    case "Annotation" -> json.objectNode().put("text", name + "<&>");
                    case "Quantity", "SimpleQuantity" -> quantity(wanted);
                    case "CodeableConcept" -> concept(wanted, name);
                    default -> json.textNode(name + "<甲>");
                };
        return new ElementPath.Typed(type, node);
    }

    private static ObjectNode quantity(DataElement wanted) {
        ObjectNode quantity = JsonNodeFactory.instance.objectNode();
        quantity.set("value", DecimalNode.valueOf(new BigDecimal("36.5")));
        return quantity.put("unit", wanted == null || wanted.unit().isEmpty() ? "元" : wanted.unit());
    }

    private static ObjectNode concept(DataElement wanted, String name) {
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        boolean marital = wanted != null && wanted.code().equals("DE02.01.018.00");
        String oid = wanted == null || wanted.codeSystem().isEmpty() ? "2.16.156.10011.2.3.9.9" : wanted.codeSystem();
        ObjectNode coding = concept.putArray("coding").addObject();
        if (marital) {
            coding.put("system", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus")
                    .put("code", "M");
        } else {
            coding.put("system", "urn:oid:" + oid).put("code", "1").put("display", name);
        }
        return concept;
    }

    /** What each field of a document has in some resources, in the order of the fields. */
    Map<String, List<String>> fields(DocumentType type, List<CanonicalResource> resources) {
        DocumentSource source = new DocumentSource(resources, maps.table("data-element-to-loinc"));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (DocumentField field : type.fields()) {
            List<String> found = new ArrayList<>();
            if (field.inHeader()) {
                maps.places("header").rowsTo(field.entry()).stream()
                        .filter(row -> row.from() != null)
                        .limit(1)
                        .forEach(row ->
                                row.from().values(source.first(row.type())).forEach(value -> found.add(text(value))));
                if (field.entry().startsWith("signer.")) {
                    signers(source, field.entry(), found);
                }
            } else if (field.alone()) {
                source.alone(field).forEach(observation -> found.add(value(observation)));
            } else {
                group(source, field, found);
            }
            values.put(field.id(), found);
        }
        return values;
    }

    private void signers(DocumentSource source, String element, List<String> found) {
        ElementPath path = maps.places("signer").rowsTo(element).get(0).from();
        source.first("Composition").path("attester").forEach(attester -> path.values(attester)
                .forEach(value -> found.add(text(value))));
    }

    private void group(DocumentSource source, DocumentField field, List<String> found) {
        PlaceMap map = maps.places(field.entry());
        for (ObjectNode entry : source.entries(new DocumentSource.Kind(map, false, ""), field.section())) {
            if (field.place().equals("other")) {
                source.about(entry, field).forEach(observation -> found.add(value(observation)));
            } else {
                ElementPath path = map.rowsTo(field.place()).get(0).from();
                path.values(entry).forEach(value -> found.add(text(value)));
            }
        }
    }

    private static String value(ObjectNode observation) {
        StringBuilder text = new StringBuilder();
        observation.fields().forEachRemaining(member -> {
            if (member.getKey().startsWith("value")) {
                text.append(member.getKey()).append('=').append(member.getValue());
            }
        });
        return text + " at " + observation.path("effectiveDateTime").asText();
    }

    private static String text(ElementPath.Typed value) {
        Map<String, JsonNode> members = new TreeMap<>();
        value.node().fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
        return members.isEmpty() ? value.node().toString() : members.toString();
    }
}
