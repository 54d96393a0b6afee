package org.tongmai.benchmarks.mllp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the platform what its journal has counted ({@code GET /api/journal/stats}). */
final class JournalWatch {
    private static final Pattern COUNT = Pattern.compile("\"(\\w+)\"\\s*:\\s*(\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final HttpRequest request;

    JournalWatch(String api, String user, String password) {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        request = HttpRequest.newBuilder(URI.create(api + "/api/journal/stats"))
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    Map<String, Long> counts() throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("journal stats answered HTTP " + response.statusCode() + " (expected: 200)");
        }
        Map<String, Long> counts = new TreeMap<>();
        Matcher matcher = COUNT.matcher(response.body());
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
