package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FHIR primitives as HL7 v2 texts (HL7 v2.8 chapter 2A: DT, DTM, TM, NM, ID). */
final class Values {
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T(\\d{2}):(\\d{2})(?::(\\d{2})(\\.\\d{1,4})?\\d*)?(Z|[+-]\\d{2}:\\d{2})?)?)?)?");

    private Values() {}

    /** The text of a row's value; empty when it has none. */
    static String text(BackRow row, JsonNode value) {
        return value.isValueNode()
                ? text(row.path() == null ? "string" : row.path().type(), value)
                : "";
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
