package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;

/** What is wrong with how answers are to be kept: what could do harm. */
final class CacheCheck {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final Consumer<Issue> found;

    CacheCheck(Consumer<Issue> found) {
        this.found = found;
    }

    void service(String at, Service service) {
        TrafficRule.Cache cache = service.traffic().cache();
        if (cache == null) {
            return;
        }
        String where = at + ".traffic.cache";
        expect(cache.entries() > 0 && isPositive(cache.time()), where, "found: none or negative");
        cache.methods()
                .forEach(method -> expect(
                        METHODS.contains(method),
                        where + ".methods",
                        "found: " + method + " (expected: GET, HEAD, POST)"));
        expect(
                !cache.methods().contains("POST")
                        || service.traffic().idempotent().contains("POST"),
                where + ".methods",
                "found: POST (expected: where idempotent has it too)");
    }

    static boolean isPositive(Duration time) {
        return time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(Duration.ofDays(1)) <= 0;
    }

    private void expect(boolean kept, String where, String otherwise) {
        if (!kept) {
            found.accept(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
        }
    }
}
