package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import org.tongmai.mappings.MappingError;

/** What begins does not end before (FHIR R4 per-1), what is low is not above what is high (rng-2). */
final class OrderRules {
    private static final int DAY = 10;

    private OrderRules() {}

    /** Keeps the start of a period that ends before it; the finer end of one whose order can not be told is trimmed. */
    static boolean period(MapRun run, ObjectNode period) {
        JsonNode start = period.get("start");
        JsonNode end = period.get("end");
        if (start == null || end == null || !start.isTextual() || !end.isTextual()) {
            return true;
        }
        String from = start.asText();
        String to = end.asText();
        int common = Math.min(from.length(), to.length());
        boolean times = common > DAY;
        int order = times
                ? OffsetDateTime.parse(from).compareTo(OffsetDateTime.parse(to))
                : from.substring(0, common).compareTo(to.substring(0, common));
        if (order > 0) {
            run.warn(MappingError.RULE_BROKEN, "found an end before the start; the end was left out");
            period.remove("end");
        } else if (order == 0 && !times && from.length() != to.length()) {
            run.warn(MappingError.VALUE_TRIMMED, "found a start and an end of different precision");
            period.put("start", from.substring(0, common));
            period.put("end", to.substring(0, common));
        }
        return true;
    }

    /** A unit alone is no end. */
    private static void withoutValue(ObjectNode range, String end) {
        if (range.has(end) && !range.path(end).has("value")) {
            range.remove(end);
        }
    }

    /** Half a range that contradicts itself would say something else, so both ends go into its text. */
    static boolean range(MapRun run, ObjectNode range) {
        withoutValue(range, "low");
        withoutValue(range, "high");
        JsonNode low = range.path("low").path("value");
        JsonNode high = range.path("high").path("value");
        boolean ends = low.isNumber() && high.isNumber();
        boolean units = range.path("low").path("code").equals(range.path("high").path("code"))
                && range.path("low").path("unit").equals(range.path("high").path("unit"));
        if (ends && (!units || low.decimalValue().compareTo(high.decimalValue()) > 0)) {
            run.warn(MappingError.RULE_BROKEN, "found a low end that is not below the high one; kept as text");
            range.remove("low");
            range.remove("high");
            range.withArray("extension")
                    .addObject()
                    .put("url", "http://hl7.org/fhir/StructureDefinition/originalText")
                    .put("valueString", low.asText() + "-" + high.asText());
        }
        return !range.isEmpty();
    }
}
