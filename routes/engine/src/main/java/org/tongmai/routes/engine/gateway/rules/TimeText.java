package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something may take, as parameters of transports say it: milliseconds, or numbers with units, the longest first. Camel
 * reads more; what it does not know it takes for nothing ({@code 1x}), and of what has another order it drops a part.
 */
final class TimeText {
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern UNITS = Pattern.compile(
            "(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m(?!s))?(?:([0-9]{1,6})s)?(?:([0-9]{1,6})ms)?");

    private TimeText() {}

    /** Empty where it is none. */
    static Optional<Duration> of(String text) {
        if (MILLISECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofMillis(Long.parseLong(text)));
        }
        Matcher units = UNITS.matcher(text);
        if (text.isEmpty() || !units.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(units.group(1)))
                .plusHours(number(units.group(2)))
                .plusMinutes(number(units.group(3)))
                .plusSeconds(number(units.group(4)))
                .plusMillis(number(units.group(5))));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
