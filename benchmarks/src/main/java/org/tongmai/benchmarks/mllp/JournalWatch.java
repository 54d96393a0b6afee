package org.tongmai.benchmarks.mllp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.benchmarks.platform.PlatformApi;

/** Asks the platform what its journal has counted ({@code GET /api/journal/stats}). */
final class JournalWatch {
    private static final Pattern COUNT = Pattern.compile("\"(\\w+)\"\\s*:\\s*(\\d+)");

    private final PlatformApi platform;

    JournalWatch(PlatformApi platform) {
        this.platform = platform;
    }

    Map<String, Long> counts() throws IOException, InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        Matcher matcher = COUNT.matcher(platform.get("/api/journal/stats"));
        while (matcher.find()) {
            counts.put(matcher.group(1), Long.valueOf(matcher.group(2)));
        }
        return counts;
    }

    /** Waits until a number of messages more than {@code before} is delivered, parked or refused; then counts. */
    Map<String, Long> awaitSettled(Map<String, Long> before, long messages, Duration atMost)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        Map<String, Long> now = difference(before, counts());
        while (settled(now) < messages && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            now = difference(before, counts());
        }
        return now;
    }

    private static long settled(Map<String, Long> counts) {
        return counts.getOrDefault("delivered", 0L)
                + counts.getOrDefault("parked", 0L)
                + counts.getOrDefault("refused", 0L);
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((name, count) -> difference.put(name, count - before.getOrDefault(name, 0L)));
        return difference;
    }
}
