package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FHIR primitives as HL7 v2 texts (HL7 v2.8 chapter 2A: DT, DTM, TM, NM, ID). */
final class Values {
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T(\\d{2}):(\\d{2})(?::(\\d{2})(\\.\\d{1,4})?\\d*)?(Z|[+-]\\d{2}:\\d{2})?)?)?)?");

    /** The system of identifiers that are URIs (FHIR R4, Identifier Systems). */
    private static final String URIS = "urn:ietf:rfc:3986";

    private Values() {}

    /** The text of a row's element; empty when it has none. */
    static String text(BackRow row, Element element) {
        JsonNode value = element.value();
        if (!value.isValueNode()) {
            return "";
        }
        String text = text(row.path() == null ? "string" : row.path().type(), value);
        boolean uri = element.name().equals("value")
                && element.parent().path("system").asText("").equals(URIS);
        return uri ? universalId(text) : text;
    }

    /** An OID or UUID that stands as a URI in FHIR is its own in HL7 v2 (table 0301: ISO, UUID). */
    private static String universalId(String uri) {
        return uri.startsWith("urn:oid:") || uri.startsWith("urn:uuid:")
                ? uri.substring(uri.indexOf(':', "urn:".length()) + 1)
                : uri;
    }

    /** The text of a primitive of a FHIR type. */
    static String text(String type, JsonNode value) {
        String text = value.asText();
        return switch (type) {
            case "boolean" -> value.asBoolean() ? "Y" : "N";
            case "date", "dateTime", "instant" -> time(text);
            case "time" -> text.replace(":", "");
            case "decimal" -> value.isNumber() ? value.decimalValue().toPlainString() : text;
            default -> text;
        };
    }

    /** A FHIR date or time as DTM, to the same precision; a text that is none as it is. */
    static String time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int group = 1; group <= 7; group++) {
            if (matcher.group(group) != null) {
                out.append(matcher.group(group));
            }
        }
        String zone = matcher.group(8);
        if (zone != null) {
            out.append(zone.equals("Z") ? "+0000" : zone.replace(":", ""));
        }
        return out.toString();
    }
}
