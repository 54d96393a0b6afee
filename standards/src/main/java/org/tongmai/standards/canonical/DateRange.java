package org.tongmai.standards.canonical;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The stretch of time a FHIR date stands for: {@code 1980} is the whole year.
 *
 * @param low first moment, inclusive
 * @param high first moment after it
 */
public record DateRange(Instant low, Instant high) {
    /**
     * Reads a FHIR R4 {@code date}, {@code dateTime} or {@code instant}; also minutes without seconds, which FHIR
     * allows in searches.
     *
     * @param text as written
     * @param zone of a text that does not say its own
     * @return empty when it is none of them
     */
    public static Optional<DateRange> parse(String text, ZoneId zone) {
        try {
            return switch (text.length()) {
                case 0, 1, 2, 3 -> Optional.empty();
                case 4 ->
                    Optional.of(days(
                            Year.parse(text).atDay(1),
                            Year.parse(text).plusYears(1).atDay(1),
                            zone));
                case 7 ->
                    Optional.of(days(
                            YearMonth.parse(text).atDay(1),
                            YearMonth.parse(text).plusMonths(1).atDay(1),
                            zone));
                case 10 ->
                    Optional.of(
                            days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1), zone));
                default -> Optional.of(moment(text, zone));
            };
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static DateRange days(LocalDate from, LocalDate to, ZoneId zone) {
        return new DateRange(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }

    private static DateRange moment(String text, ZoneId zone) {
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('-') > 10 || text.indexOf('+') > 10;
        Instant low = zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
        return new DateRange(low, low.plus(1, precision(text)));
    }

    private static ChronoUnit precision(String text) {
        if (text.length() < 17 || text.charAt(16) != ':') {
            return ChronoUnit.MINUTES;
        }
        return text.length() > 19 && text.charAt(19) == '.' ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
    }
}
