package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.tongmai.mappings.internal.Timestamps;

/** Reads HL7 V3 data types (CDA R2) as FHIR R4 ones. Answers null for what says nothing or is not of the type. */
final class DataTypeReader {
    private final SystemUris systems;
    private final ZoneId zone;
    private final Map<String, String> narrative;

    /**
     * @param narrative texts of the narrative by their {@code ID}, which codes refer to
     */
    DataTypeReader(SystemUris systems, ZoneId zone, Map<String, String> narrative) {
        this.systems = systems;
        this.zone = zone;
        this.narrative = narrative;
    }

    /** What stands there as a FHIR type; null when there is nothing that can be read as it. */
    JsonNode read(CdaPath.Hit hit, String type) {
        CdaElement element = hit.element();
        return switch (type) {
            case "CodeableConcept" -> concept(element);
            case "Coding" -> coding(element);
            case "Identifier" -> identifier(element);
            case "HumanName" -> hit.attribute() == null ? name(element) : null;
            case "Address" -> address(element);
            case "ContactPoint" -> telecom(element);
            case "Quantity", "SimpleQuantity", "Age", "Duration" -> quantity(element);
            case "Period" -> period(element);
            case "Annotation" -> wrapped("text", plain(hit));
            case "date" -> time(Timestamps.date(point(hit)));
            case "dateTime" -> time(Timestamps.dateTime(point(hit), zone));
            case "instant" -> time(Timestamps.instant(point(hit), zone));
            case "integer", "positiveInt", "unsignedInt" -> integer(simple(hit));
            case "decimal" -> decimal(simple(hit));
            case "boolean" -> bool(simple(hit));
            case "code" -> word(hit.attribute() == null ? element.attribute("code") : hit.text());
            default -> word(plain(hit));
        };
    }

    /** Reads a {@code value} by its {@code xsi:type}, or by what it holds where it has none. */
    ElementPath.Typed any(CdaElement element) {
        String declared = element.attribute("xsi:type").replaceFirst("^.*:", "");
        String type = declared.isEmpty() ? guessed(element) : declared;
        CdaPath.Hit hit = new CdaPath.Hit(element, null);
        return switch (type) {
            case "CD", "CE", "CV", "CO", "CS" -> typed("CodeableConcept", concept(element));
            case "PQ", "REAL", "MO", "IVL_INT" -> quantityOrText(element);
            case "IVL_PQ", "IVL_REAL" -> typed("Range", range(element));
            case "INT" -> typed("integer", integer(element.attribute("value")));
            case "TS" -> typed("dateTime", time(Timestamps.dateTime(element.attribute("value"), zone)));
            case "IVL_TS" -> typed("Period", period(element));
            case "BL", "BN" -> typed("boolean", bool(element.attribute("value")));
            case "RTO", "RTO_PQ_PQ" -> typed("Ratio", ratio(element));
            default -> typed("string", word(plain(hit)));
        };
    }

    private ElementPath.Typed quantityOrText(CdaElement element) {
        ObjectNode quantity = quantity(element);
        return quantity != null
                ? typed("Quantity", quantity)
                : typed("string", word(plain(new CdaPath.Hit(element, null))));
    }

    private static String guessed(CdaElement element) {
        if (!element.attribute("code").isEmpty()) {
            return "CD";
        }
        if (element.child("low") != null || element.child("high") != null) {
            return "IVL_PQ";
        }
        return element.attribute("value").isEmpty() ? "ST" : "PQ";
    }

    private static ElementPath.Typed typed(String type, JsonNode node) {
        return node == null ? null : new ElementPath.Typed(type, node);
    }

    private static String point(CdaPath.Hit hit) {
        String own = simple(hit);
        if (own.isEmpty() && hit.attribute() == null) {
            CdaElement bound = hit.element().child("low");
            bound = bound == null ? hit.element().child("center") : bound;
            return bound == null ? "" : bound.attribute("value");
        }
        return own;
    }

    private static String simple(CdaPath.Hit hit) {
        if (hit.attribute() != null) {
            return hit.text();
        }
        String value = hit.element().attribute("value");
        return value.isEmpty() ? hit.text() : value;
    }

    private static String plain(CdaPath.Hit hit) {
        if (hit.attribute() != null) {
            return hit.text();
        }
        boolean parts = hit.element().nodes().stream().anyMatch(node -> !node.isText());
        String text = parts ? hit.element().content() : hit.text();
        if (!text.isEmpty()) {
            return text;
        }
        String value = hit.element().attribute("value");
        return value.isEmpty() ? hit.element().attribute("displayName") : value;
    }

    private static JsonNode time(Timestamps.Read read) {
        return read == null ? null : TextNode.valueOf(read.text());
    }

    private static JsonNode word(String text) {
        return text.isEmpty() ? null : TextNode.valueOf(text);
    }

    private static JsonNode wrapped(String name, String text) {
        return text.isEmpty() ? null : JsonNodeFactory.instance.objectNode().put(name, text);
    }

    private static JsonNode integer(String text) {
        return text.matches("[+-]?[0-9]{1,9}") ? IntNode.valueOf(Integer.parseInt(text)) : null;
    }

    private static JsonNode decimal(String text) {
        String number = text.startsWith("+") ? text.substring(1) : text;
        boolean valid = number.length() <= 40 && number.matches("-?[0-9]*\\.?[0-9]+([eE][+-]?[0-9]{1,3})?");
        return valid ? DecimalNode.valueOf(new BigDecimal(number)) : null;
    }

    private static JsonNode bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "t", "y" -> BooleanNode.TRUE;
            case "false", "0", "f", "n" -> BooleanNode.FALSE;
            default -> null;
        };
    }

    private ObjectNode concept(CdaElement element) {
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        ArrayNode codings = JsonNodeFactory.instance.arrayNode();
        add(codings, coding(element));
        for (CdaElement translation : element.children("translation")) {
            add(codings, coding(translation));
        }
        if (!codings.isEmpty()) {
            concept.set("coding", codings);
        }
        CdaElement original = element.child("originalText");
        String text = original == null ? "" : referred(original);
        if (text.isEmpty() && codings.isEmpty()) {
            text = element.attribute("displayName");
        }
        if (!text.isEmpty()) {
            concept.put("text", text);
        }
        return concept.isEmpty() ? null : concept;
    }

    /** The text, or the one of the narrative it refers to. */
    private String referred(CdaElement element) {
        String own = element.content();
        CdaElement reference = element.child("reference");
        if (!own.isEmpty() || reference == null) {
            return own;
        }
        return narrative.getOrDefault(reference.attribute("value").replaceFirst("^#", ""), "");
    }

    private static void add(ArrayNode codings, ObjectNode coding) {
        if (coding != null) {
            codings.add(coding);
        }
    }

    private ObjectNode coding(CdaElement element) {
        String code = element.attribute("code");
        if (code.isEmpty()) {
            return null;
        }
        ObjectNode coding = JsonNodeFactory.instance.objectNode();
        String system = element.attribute("codeSystem");
        if (!system.isEmpty()) {
            coding.put("system", systems.uri(system));
        }
        coding.put("code", code);
        String display = element.attribute("displayName");
        if (!display.isEmpty()) {
            coding.put("display", display);
        }
        return coding;
    }

    private ObjectNode identifier(CdaElement element) {
        String root = element.attribute("root");
        String extension = element.attribute("extension");
        if (root.isEmpty() && extension.isEmpty()) {
            return null;
        }
        ObjectNode identifier = JsonNodeFactory.instance.objectNode();
        if (extension.isEmpty()) {
            return identifier.put("system", "urn:ietf:rfc:3986").put("value", systems.uri(root));
        }
        if (!root.isEmpty()) {
            identifier.put("system", systems.uri(root));
        }
        return identifier.put("value", extension);
    }

    private static ObjectNode name(CdaElement element) {
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        CdaElement family = element.child("family");
        if (family != null && !family.content().isEmpty()) {
            name.put("family", family.content());
        }
        texts(element, "given", name, "given");
        texts(element, "prefix", name, "prefix");
        texts(element, "suffix", name, "suffix");
        String text = element.content();
        if (name.isEmpty() && !text.isEmpty()) {
            name.put("text", text);
        }
        return name.isEmpty() ? null : name;
    }

    private static void texts(CdaElement element, String part, ObjectNode target, String field) {
        for (CdaElement child : element.children(part)) {
            if (!child.content().isEmpty()) {
                (target.get(field) instanceof ArrayNode array ? array : target.putArray(field)).add(child.content());
            }
        }
    }

    private static ObjectNode address(CdaElement element) {
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        texts(element, "streetAddressLine", address, "line");
        part(element, "city", address, "city");
        part(element, "county", address, "district");
        part(element, "state", address, "state");
        part(element, "postalCode", address, "postalCode");
        part(element, "country", address, "country");
        if (address.isEmpty() && !element.content().isEmpty()) {
            address.put("text", element.content());
        }
        return address.isEmpty() ? null : address;
    }

    private static void part(CdaElement element, String part, ObjectNode target, String field) {
        CdaElement child = element.child(part);
        if (child != null && !child.content().isEmpty()) {
            target.put(field, child.content());
        }
    }

    private static ObjectNode telecom(CdaElement element) {
        String value = element.attribute("value");
        if (value.isEmpty()) {
            return null;
        }
        int colon = value.indexOf(':');
        String scheme = colon < 0 ? "tel" : value.substring(0, colon).toLowerCase(Locale.ROOT);
        String system =
                switch (scheme) {
                    case "tel" -> "phone";
                    case "fax" -> "fax";
                    case "mailto" -> "email";
                    default -> "url";
                };
        ObjectNode point = JsonNodeFactory.instance.objectNode().put("system", system);
        return point.put(
                "value",
                system.equals("url") ? value : value.substring(colon + 1).strip());
    }

    private ObjectNode quantity(CdaElement element) {
        JsonNode value = decimal(element.attribute("value"));
        if (value == null) {
            return null;
        }
        ObjectNode quantity = JsonNodeFactory.instance.objectNode();
        quantity.set("value", value);
        String unit = element.attribute("unit");
        unit = unit.isEmpty() ? element.attribute("currency") : unit;
        if (!unit.isEmpty() && !unit.equals("1")) {
            quantity.put("unit", unit);
        }
        return quantity;
    }

    private ObjectNode period(CdaElement element) {
        ObjectNode period = JsonNodeFactory.instance.objectNode();
        bound(element.child("low"), period, "start");
        bound(element.child("high"), period, "end");
        if (period.isEmpty()) {
            bound(element, period, "start");
        }
        return period.isEmpty() ? null : period;
    }

    private void bound(CdaElement element, ObjectNode period, String field) {
        JsonNode time = element == null ? null : time(Timestamps.dateTime(element.attribute("value"), zone));
        if (time != null) {
            period.set(field, time);
        }
    }

    private ObjectNode range(CdaElement element) {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        for (String bound : new String[] {"low", "high"}) {
            ObjectNode quantity = element.child(bound) == null ? null : quantity(element.child(bound));
            if (quantity != null) {
                range.set(bound, quantity);
            }
        }
        return range.isEmpty() ? null : range;
    }

    private ObjectNode ratio(CdaElement element) {
        ObjectNode ratio = JsonNodeFactory.instance.objectNode();
        for (String part : new String[] {"numerator", "denominator"}) {
            ObjectNode quantity = element.child(part) == null ? null : quantity(element.child(part));
            if (quantity != null) {
                ratio.set(part, quantity);
            }
        }
        return ratio.isEmpty() ? null : ratio;
    }
}
