package org.tongmai.routes.engine.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheLevel;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Keeps answers of GET and HEAD for a while (响应缓存), by path, the parameters that make a difference, and the form that is
 * asked for; none of a call that says who asks. Only an answer with status 200 whose own Cache-Control and Vary allow it is
 * kept, and none that sets a cookie.
 */
final class KeptAnswers {
    private static final List<String> KEYED = List.of("accept", "accept-language", "accept-encoding", "range");
    /** What the gateway says of the user; no caller can set it. */
    private static final String USER_FIELD = "x-tongmai-user";

    /** RFC 9111, 5.2.2.1 and 5.2.2.10. */
    private static final Pattern STALE_AT_ONCE =
            Pattern.compile("(?:^|[,\\s])(?:max-age|s-maxage)\\s*=\\s*\"?0+(?![0-9])");

    private static final int LARGEST = 1024 * 1024;
    private static final int MEAN_BYTES = 16 * 1024;

    private final TrafficRule.Cache rule;
    private final Cache<String, HttpAnswer> answers;

    KeptAnswers(TrafficRule.Cache rule) {
        this(rule, Ticker.systemTicker());
    }

    /** @param time a clock that never goes back, by which answers grow old */
    KeptAnswers(TrafficRule.Cache rule, Ticker time) {
        this.rule = rule;
        this.answers = rule == null
                ? null
                : Caffeine.newBuilder()
                        .maximumWeight((long) rule.entries() * MEAN_BYTES)
                        .weigher((String key, HttpAnswer answer) -> key.length() + answer.body().length)
                        .expireAfterWrite(rule.time())
                        .ticker(time)
                        .build();
    }

    /** The name the answer of a call is kept under; empty when it is not kept. */
    Optional<String> key(HttpCall call, String application) {
        if (rule == null) {
            return Optional.empty();
        }
        boolean asks = "GET".equals(call.method()) || "HEAD".equals(call.method());
        boolean personal = call.fields().first("authorization").isPresent()
                || call.fields().first("cookie").isPresent();
        if (!asks || personal || call.content().length() > 0) {
            return Optional.empty();
        }
        StringBuilder key = new StringBuilder(call.method()).append('\n').append(call.path());
        key.append('\n').append(parameters(call.query()));
        for (String field : KEYED) {
            key.append('\n').append(String.join(",", call.fields().all(field)));
        }
        // Whatever the level: what one user was answered is no other user's.
        key.append('\n').append(call.fields().first(USER_FIELD).orElse(""));
        if (rule.level() == CacheLevel.APPLICATION) {
            key.append('\n').append(application);
        }
        return Optional.of(key.toString());
    }

    /** Those that make a difference, by name; of one name in the order they came, because that makes one too. */
    private String parameters(String query) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            if (rule.parameters().isEmpty() || rule.parameters().contains(name)) {
                parameters.add(Map.entry(name, parameter));
            }
        }
        return parameters.stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("&"));
    }

    /** A name that could be written in several ways is looked at in one. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    Optional<HttpAnswer> find(String key) {
        return Optional.ofNullable(answers.getIfPresent(key));
    }

    void keep(String key, HttpAnswer answer) {
        String control = String.join(",", answer.fields().all("cache-control")).toLowerCase(Locale.ROOT);
        boolean varies = answer.fields().all("vary").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .anyMatch(name -> !KEYED.contains(name.strip().toLowerCase(Locale.ROOT)));
        boolean allowed = !varies
                && answer.content().isHeld()
                && answer.content().length() <= LARGEST
                && !STALE_AT_ONCE.matcher(control).find()
                && !control.contains("no-store")
                && !control.contains("no-cache")
                && !(control.contains("private") && rule.level() == CacheLevel.EVERYBODY);
        if (answer.status() == 200
                && allowed
                && answer.fields().all("set-cookie").isEmpty()) {
            answers.put(key, answer);
        }
    }
}
