package org.tongmai.routes.engine.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheLevel;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Keeps answers of GET and HEAD for a while (响应缓存), by path, the parameters that make a difference, and the form that is
 * asked for. Only an answer with status 200 whose own Cache-Control allows it is kept, and none that sets a cookie.
 */
final class KeptAnswers {
    private final TrafficRule.Cache rule;
    private final Cache<String, HttpAnswer> answers;

    KeptAnswers(TrafficRule.Cache rule) {
        this.rule = rule;
        this.answers = rule == null
                ? null
                : Caffeine.newBuilder()
                        .maximumSize(rule.entries())
                        .expireAfterWrite(rule.time())
                        .build();
    }

    /** The name the answer of a call is kept under; empty when it is not kept. */
    Optional<String> key(HttpCall call, String application) {
        if (rule == null || !("GET".equals(call.method()) || "HEAD".equals(call.method()))) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : call.query().split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (rule.parameters().isEmpty() || rule.parameters().contains(name)) {
                parameters.add(parameter);
            }
        }
        Collections.sort(parameters);
        StringBuilder key = new StringBuilder(call.method()).append('\n').append(call.path());
        key.append('\n').append(String.join("&", parameters));
        for (String field : List.of("accept", "accept-language", "accept-encoding", "range")) {
            key.append('\n').append(String.join(",", call.fields().all(field)));
        }
        if (rule.level() == CacheLevel.APPLICATION) {
            key.append('\n').append(application);
        }
        return Optional.of(key.toString());
    }

    Optional<HttpAnswer> find(String key) {
        return Optional.ofNullable(answers.getIfPresent(key));
    }

    void keep(String key, HttpAnswer answer) {
        String control = String.join(",", answer.fields().all("cache-control")).toLowerCase(Locale.ROOT);
        boolean allowed = !control.contains("no-store")
                && !control.contains("no-cache")
                && !(control.contains("private") && rule.level() == CacheLevel.EVERYBODY);
        if (answer.status() == 200
                && allowed
                && answer.fields().all("set-cookie").isEmpty()) {
            answers.put(key, answer);
        }
    }
}
