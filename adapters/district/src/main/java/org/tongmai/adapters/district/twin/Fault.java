package org.tongmai.adapters.district.twin;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tongmai.adapters.district.DistrictError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A scripted misbehaviour of the twin. It ends after a number of times or after a duration, whichever comes first.
 *
 * @param kind what goes wrong
 * @param times how often it happens: logins, files or connections, by kind
 * @param duration how long it lasts
 * @param bytesPerSecond the speed of {@link Kind#SLOW}, otherwise 0
 */
public record Fault(Kind kind, int times, Duration duration, long bytesPerSecond) {
    /** For ever, as far as a test is concerned. */
    private static final Duration VERY_LONG = Duration.ofDays(365);

    /** What can go wrong. */
    public enum Kind {
        /** Connections are closed as soon as they come; open ones are cut. */
        DOWN,
        /** The right password is refused; open connections are cut. */
        REFUSE_LOGIN,
        /** Opening a file for writing answers SSH_FX_PERMISSION_DENIED. */
        REFUSE_WRITE,
        /** Writing answers SSH_FX_NO_SPACE_ON_FILESYSTEM. */
        DISK_FULL,
        /** The connection is cut in the middle of a file. */
        HALF_FILE,
        /** Files are taken at a given speed only. */
        SLOW
    }

    public Fault {
        if (times < 1 || duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("fault: never happens (expected: times >= 1 and a duration > 0)");
        }
        if (kind == Kind.SLOW && bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytesPerSecond: " + bytesPerSecond + " (expected: >= 1)");
        }
    }

    /** A fault that happens a number of times. */
    public static Fault times(Kind kind, int times) {
        return new Fault(kind, times, VERY_LONG, 0);
    }

    /** A fault that lasts for a while. */
    public static Fault during(Kind kind, Duration duration) {
        return new Fault(kind, Integer.MAX_VALUE, duration, 0);
    }

    /** Takes files at a given speed for a while. */
    public static Fault slow(long bytesPerSecond, Duration duration) {
        return new Fault(Kind.SLOW, Integer.MAX_VALUE, duration, bytesPerSecond);
    }

    /**
     * Reads one line of a fault file, for example {@code disk-full seconds=30}, {@code half-file times=2} or
     * {@code slow bytes-per-second=2000 seconds=10}.
     *
     * @throws CodedException {@code TM-DISTRICT-0003} when the line is not one
     */
    public static Fault parse(String line) {
        String[] words = line.trim().split("\\s+");
        try {
            Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_'));
            Map<String, Long> values = new HashMap<>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                values.put(words[i].substring(0, equals), Long.valueOf(words[i].substring(equals + 1)));
            }
            long times = values.getOrDefault("times", (long) Integer.MAX_VALUE);
            Long seconds = values.get("seconds");
            Duration duration = seconds == null ? VERY_LONG : Duration.ofSeconds(seconds);
            return new Fault(kind, Math.toIntExact(times), duration, values.getOrDefault("bytes-per-second", 0L));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new CodedException(
                    Issue.of(DistrictError.BAD_FAULT, "", "expected <kind> [times=n] [seconds=n] [bytes-per-second=n]"),
                    e);
        }
    }
}
