package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.document.DataElement;

/** Writes FHIR R4 data types as HL7 V3 ones. Answers whether anything was written. */
final class DataTypeWriter {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final SystemUris systems;
    private final ZoneId zone;

    DataTypeWriter(SystemUris systems, ZoneId zone) {
        this.systems = systems;
        this.zone = zone;
    }

    /**
     * Writes a value where it belongs.
     *
     * @param wanted what the standard says of it, or null
     */
    void write(CdaPath.Hit hit, ElementPath.Typed value, DataElement wanted) {
        CdaElement element = hit.element();
        if (hit.attribute() != null) {
            element.with(hit.attribute(), text(value));
            return;
        }
        switch (value.type()) {
            case "CodeableConcept" -> concept(element, value.node(), wanted);
            case "Coding" -> coding(element, value.node(), wanted);
            case "Quantity", "SimpleQuantity" -> quantity(element, value.node(), wanted);
            case "Period" -> period(element, value.node());
            case "dateTime", "instant", "date" ->
                element.with("value", time(value.node().asText()));
            case "integer", "boolean", "decimal" ->
                element.with("value", value.node().asText());
            default -> element.append(CdaElement.text(text(value)));
        }
    }

    /** Writes a {@code value} with its {@code xsi:type}. */
    void any(CdaElement element, ElementPath.Typed value, DataElement wanted) {
        element.with("xsi:type", v3Type(value, wanted));
        if (value.type().equals("Range")) {
            bounds(element, value.node());
        } else if (value.type().equals("Ratio")) {
            child(element, "numerator", value.node().path("numerator"));
            child(element, "denominator", value.node().path("denominator"));
        } else {
            write(new CdaPath.Hit(element, null), value, wanted);
        }
    }

    private static String v3Type(ElementPath.Typed value, DataElement wanted) {
        return switch (value.type()) {
            case "CodeableConcept", "Coding" -> "CD";
            case "Quantity" -> wanted != null && wanted.type().equals("MO") ? "MO" : "PQ";
            case "Range" -> "IVL_PQ";
            case "Ratio" -> "RTO";
            case "Period" -> "IVL_TS";
            case "DateTime", "dateTime", "instant", "date" -> "TS";
            case "Integer", "integer" -> "INT";
            case "Boolean", "boolean" -> "BL";
            default -> "ST";
        };
    }

    private void bounds(CdaElement element, JsonNode range) {
        child(element, "low", range.path("low"));
        child(element, "high", range.path("high"));
    }

    private void child(CdaElement element, String name, JsonNode quantity) {
        if (!quantity.isMissingNode()) {
            quantity(element.append(CdaElement.of(name)), quantity, null);
        }
    }

    private void concept(CdaElement element, JsonNode concept, DataElement wanted) {
        JsonNode best = best(concept.path("coding"), wanted);
        String text = concept.path("text").asText();
        if (best == null) {
            element.with("nullFlavor", "OTH");
        } else {
            coding(element, best, wanted);
        }
        if (!text.isEmpty()) {
            element.append(CdaElement.of("originalText")).append(CdaElement.text(text));
        }
        for (JsonNode coding : concept.path("coding")) {
            if (coding != best) {
                coding(element.append(CdaElement.of("translation")), coding, null);
            }
        }
    }

    private JsonNode best(JsonNode codings, DataElement wanted) {
        for (JsonNode coding : codings) {
            if (wanted != null && systems.root(coding.path("system").asText()).equals(wanted.codeSystem())) {
                return coding;
            }
        }
        return codings.isEmpty() ? null : codings.get(0);
    }

    private void coding(CdaElement element, JsonNode coding, DataElement wanted) {
        element.with("code", coding.path("code").asText());
        String system = systems.root(coding.path("system").asText());
        if (!system.isEmpty()) {
            element.with("codeSystem", system);
            if (wanted != null && wanted.codeSystem().equals(system)) {
                element.with("codeSystemName", wanted.codeSystemName());
            }
        }
        if (coding.hasNonNull("display")) {
            element.with("displayName", coding.path("display").asText());
        }
    }

    private void quantity(CdaElement element, JsonNode quantity, DataElement wanted) {
        element.with("value", quantity.path("value").asText());
        String unit = quantity.path("unit").asText(quantity.path("code").asText());
        if (unit.isEmpty() && wanted != null) {
            unit = wanted.unit();
        }
        if (!unit.isEmpty()) {
            element.with(wanted != null && wanted.type().equals("MO") ? "currency" : "unit", unit);
        }
    }

    private void period(CdaElement element, JsonNode period) {
        if (period.hasNonNull("start")) {
            element.append(CdaElement.of("low"))
                    .with("value", time(period.path("start").asText()));
        }
        if (period.hasNonNull("end")) {
            element.append(CdaElement.of("high"))
                    .with("value", time(period.path("end").asText()));
        }
    }

    /** The value as one text. */
    String text(ElementPath.Typed value) {
        JsonNode node = value.node();
        return switch (value.type()) {
            case "dateTime", "instant", "date", "DateTime" -> time(node.asText());
            case "HumanName" -> name(node);
            case "CodeableConcept" ->
                node.hasNonNull("text")
                        ? node.path("text").asText()
                        : node.path("coding").path(0).path("display").asText();
            case "Quantity" ->
                (node.path("value").asText() + " " + node.path("unit").asText()).strip();
            case "ContactPoint" -> node.path("value").asText();
            case "Annotation" -> node.path("text").asText();
            default -> node.asText();
        };
    }

    private static String name(JsonNode name) {
        if (name.hasNonNull("text")) {
            return name.path("text").asText();
        }
        List<String> given = new ArrayList<>();
        name.path("given").forEach(part -> given.add(part.asText()));
        String family = name.path("family").asText();
        boolean chinese = (family + String.join("", given)).codePoints().anyMatch(Character::isIdeographic);
        return chinese ? family + String.join("", given) : (String.join(" ", given) + " " + family).strip();
    }

    /** FHIR date or time to {@code yyyyMMdd[HHmmss]}, in the platform's zone. */
    String time(String text) {
        if (text.indexOf('T') < 0) {
            return text.replace("-", "");
        }
        try {
            return SECONDS.format(OffsetDateTime.parse(text).atZoneSameInstant(zone));
        } catch (DateTimeParseException withoutZone) {
            String digits = text.replaceAll("[^0-9]", "");
            return digits.substring(0, Math.min(14, digits.length()));
        }
    }
}
