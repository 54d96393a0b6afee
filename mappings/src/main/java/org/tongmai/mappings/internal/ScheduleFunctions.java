package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * Named functions for times of appointments. AIS, AIG, AIL and AIP hold, one after the other, start, offset from the
 * appointment's start, its unit, duration and its unit (HL7 v2.8 chapter 10.6.4 and following).
 */
final class ScheduleFunctions {
    static final Map<String, RowPlan.ValueWriter> BY_NAME = Map.of(
            "offset-start", ScheduleFunctions::offsetStart,
            "duration-end", ScheduleFunctions::durationEnd,
            "appointment-end", ScheduleFunctions::appointmentEnd);

    private ScheduleFunctions() {}

    /** The appointment's start and the offset in hand, whose unit follows it. */
    private static JsonNode offsetStart(MapRun run, RowPlan row, Hl7Value offset) {
        ResourceRun appointment = run.scope().resource("Appointment");
        String start =
                appointment == null ? "" : appointment.content().path("start").asText("");
        return shifted(
                run, start, offset.text(), unit(run.currentSegment(), row.from().field() + 1));
    }

    /** The start three fields before the duration in hand, and the duration, whose unit follows it. */
    private static JsonNode durationEnd(MapRun run, RowPlan row, Hl7Value duration) {
        int field = row.from().field();
        Hl7Segment segment = run.currentSegment();
        Timestamps.Read start = Timestamps.instant(
                segment.field(field - 3).text(), run.message().zone());
        return start == null ? null : shifted(run, start.text(), duration.text(), unit(segment, field + 1));
    }

    /** The appointment's start and the duration in hand, whose unit follows it; nothing where the end was said. */
    private static JsonNode appointmentEnd(MapRun run, RowPlan row, Hl7Value duration) {
        if (run.target().has("end")) {
            return null;
        }
        String start = run.target().path("start").asText("");
        return shifted(
                run,
                start,
                duration.text(),
                unit(run.currentSegment(), row.from().field() + 1));
    }

    private static String unit(Hl7Segment segment, int field) {
        return segment.field(field).component(1).text();
    }

    private static JsonNode shifted(MapRun run, String start, String amount, String unit) {
        Duration one = one(unit);
        if (start.isEmpty() || one == null || !Numbers.isInteger(amount)) {
            return null;
        }
        BigDecimal seconds = new BigDecimal(Numbers.plain(amount)).multiply(BigDecimal.valueOf(one.toSeconds()));
        return TimingFunctions.inYears(run, Timestamps.shifted(start, seconds));
    }

    /** One of a unit as UCUM, HL7 and hospitals write it; minutes where nothing is said; null for others. */
    private static Duration one(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "", "m", "min", "mins", "minute", "minutes", "分", "分钟" -> Duration.ofMinutes(1);
            case "h", "hr", "hour", "hours", "小时" -> Duration.ofHours(1);
            case "s", "sec", "seconds", "秒" -> Duration.ofSeconds(1);
            case "d", "day", "days", "天" -> Duration.ofDays(1);
            case "wk", "week", "weeks", "周" -> Duration.ofDays(7);
            default -> null;
        };
    }
}
