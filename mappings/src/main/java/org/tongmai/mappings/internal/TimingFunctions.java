package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/** The functions of {@code call:} that reckon with durations: HL7 v2 writes a start and a length where FHIR has an end. */
final class TimingFunctions {
    private static final int MINUTE = 60;

    /** Seconds in a unit of time as senders write it; minutes where they write none. */
    private static final Map<String, Integer> SECONDS = Map.ofEntries(
            Map.entry("", MINUTE),
            Map.entry("S", 1),
            Map.entry("s", 1),
            Map.entry("SEC", 1),
            Map.entry("sec", 1),
            Map.entry("M", MINUTE),
            Map.entry("min", MINUTE),
            Map.entry("MIN", MINUTE),
            Map.entry("H", 3_600),
            Map.entry("h", 3_600),
            Map.entry("HR", 3_600),
            Map.entry("hr", 3_600),
            Map.entry("D", 86_400),
            Map.entry("d", 86_400),
            Map.entry("W", 604_800),
            Map.entry("wk", 604_800));

    /** Units of the TQ and RI data types (HL7 v2.8 chapter 2A, TQ.3) in UCUM. */
    private static final Map<Character, String> UCUM =
            Map.of('S', "s", 'M', "min", 'H', "h", 'D', "d", 'W', "wk", 'L', "mo");

    private TimingFunctions() {}

    static void register(Map<String, RowPlan.ValueWriter> byName) {
        byName.put("duration-value", (run, row, value) -> durationValue(value.text()));
        byName.put("duration-unit", (run, row, value) -> durationUnit(value.text()));
        byName.put(
                "offset-minutes",
                (run, row, value) -> minutes(value, run.value().component(10).text()));
        byName.put(
                "quantity-minutes",
                (run, row, value) ->
                        minutes(value.component(1), value.component(2).text()));
        byName.put("procedure-end", (run, row, value) -> shifted(run, 5, value, "M"));
        byName.put("timing-end", (run, row, value) -> shifted(run, 7, value.component(1), unit(value)));
        byName.put("timing-start", (run, row, value) -> shifted(run, 8, value.component(1), "-" + unit(value)));
    }

    private static String unit(Hl7Value cq) {
        return cq.component(2).component(1).text();
    }

    /** A field of the segment in hand, moved by a length in minutes or the unit; backwards with a minus before it. */
    static JsonNode shifted(MapRun run, int field, Hl7Value length, String unit) {
        Hl7Segment segment = run.currentSegment();
        Timestamps.Read start =
                Timestamps.instant(segment.field(field).text(), run.message().zone());
        boolean back = unit.startsWith("-");
        Integer factor = SECONDS.get(back ? unit.substring(1) : unit);
        if (start == null || factor == null || !Numbers.isDecimal(length.text())) {
            return null;
        }
        BigDecimal seconds = new BigDecimal(Numbers.plain(length.text())).multiply(BigDecimal.valueOf(factor));
        return inYears(run, Timestamps.shifted(start.text(), back ? seconds.negate() : seconds));
    }

    /** A time, with an issue for one outside the years that can be written. */
    static JsonNode inYears(MapRun run, String instant) {
        if (instant == null) {
            run.warn(MappingError.BAD_VALUE, "expected a length that stays in the calendar; left out");
            return null;
        }
        return TextNode.valueOf(instant);
    }

    /** Whole minutes; null when it is none or has seconds left, for FHIR counts an offset in minutes. */
    private static JsonNode minutes(Hl7Value amount, String unit) {
        Integer factor = SECONDS.get(unit);
        if (factor == null || !Numbers.isInteger(amount.text())) {
            return null;
        }
        long seconds = Long.parseLong(Numbers.plain(amount.text())) * factor;
        long minutes = seconds / MINUTE;
        boolean fits = seconds >= 0 && seconds % MINUTE == 0 && minutes <= Integer.MAX_VALUE;
        return fits ? IntNode.valueOf((int) minutes) : null;
    }

    private static JsonNode durationValue(String text) {
        boolean known = text.length() > 1 && UCUM.containsKey(text.charAt(0)) && Numbers.isDecimal(text.substring(1));
        return known ? DecimalNode.valueOf(new BigDecimal(Numbers.plain(text.substring(1)))) : null;
    }

    private static JsonNode durationUnit(String text) {
        return durationValue(text) == null ? null : TextNode.valueOf(UCUM.get(text.charAt(0)));
    }
}
