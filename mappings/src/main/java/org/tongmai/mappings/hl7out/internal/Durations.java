package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.tongmai.mappings.internal.FieldPath;

/** Ends and durations, where HL7 v2 writes a start and a length. */
final class Durations {
    /** UCUM units as TQ.3 begins with them (HL7 v2.8 chapter 2A, TQ.3). */
    private static final Map<String, String> LETTERS =
            Map.of("s", "S", "min", "M", "h", "H", "d", "D", "wk", "W", "mo", "L");

    private Durations() {}

    static void register(Map<String, Inverse> byName) {
        byName.put("duration-end", Durations::minutes);
        byName.put("appointment-end", Durations::minutes);
        byName.put("procedure-end", (run, element, cell) -> {
            String length = length(element);
            return length != null && cell.set(length); // PR1-7 and the like are in minutes
        });
        byName.put("duration-value", Durations::lettered);
        byName.put("duration-unit", (run, element, cell) -> true); // written with the value
        byName.put(
                "quantity-minutes",
                (run, element, cell) -> cell.part(1).set(element.value().asText())
                        && cell.part(2).set("min"));
    }

    /** The length in minutes; its unit in the field behind. */
    private static boolean minutes(BackRun run, Element element, Cell cell) {
        String length = length(element);
        FieldPath field = run.field();
        return length != null
                && field != null
                && cell.set(length)
                && run.segment().field(field.field() + 1).part(1).part(1).set("min");
    }

    /** The minutes between the start beside the element and the element, or null. */
    private static String length(Element element) {
        JsonNode start = element.parent().get("start");
        if (start == null) {
            return null;
        }
        try {
            Duration length = Duration.between(
                    OffsetDateTime.parse(start.asText()),
                    OffsetDateTime.parse(element.value().asText()));
            return length.isNegative() ? null : Long.toString(length.toMinutes());
        } catch (DateTimeParseException e) {
            return null; // a day without a time has no minutes
        }
    }

    private static boolean lettered(BackRun run, Element element, Cell cell) {
        String letter = LETTERS.get(element.parent().path("unit").asText());
        return letter != null && cell.set(letter + element.value().asText());
    }
}
