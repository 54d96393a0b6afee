package org.tongmai.routes.engine.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.Gateways.CacheFigures;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheHeaders;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheLevel;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Keeps answers for a while (响应缓存): of GET and HEAD by path and the parameters that make a difference, of POST where the rule
 * has it by its content too; by the form that is asked for; none of a call that says who asks. Only an answer with status 200 is
 * kept, whose own Cache-Control and Vary allow it or do not count, and none that sets a cookie.
 */
final class KeptAnswers {
    private static final List<String> KEYED = List.of("accept", "accept-language", "accept-encoding", "range");
    /** What the gateway says of the user; no caller can set it. */
    private static final String USER_FIELD = "x-tongmai-user";

    private static final String POST = "POST";
    private static final String OF_A_USER = "user\n";

    /** RFC 9111, 5.2.2.1 and 5.2.2.10. */
    private static final Pattern STALE_AT_ONCE =
            Pattern.compile("(?:^|[,\\s])(?:max-age|s-maxage)\\s*=\\s*\"?0+(?![0-9])");

    private static final int LARGEST = 1024 * 1024;
    private static final int MEAN_BYTES = 16 * 1024;

    private final TrafficRule.Cache rule;
    private final Cache<String, HttpAnswer> answers;
    private final QueryKey query;
    private final ContentKey content;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    /** Of the answers that count: those asked for before they were cleared do not. */
    private final AtomicLong generation = new AtomicLong();

    KeptAnswers(TrafficRule.Cache rule) {
        this(rule, Ticker.systemTicker());
    }

    /** @param time a clock that never goes back, by which answers grow old */
    KeptAnswers(TrafficRule.Cache rule, Ticker time) {
        this.rule = rule;
        this.query = rule == null ? null : new QueryKey(rule.parameters());
        this.content = rule == null ? null : new ContentKey(rule.parameters());
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
        if (rule == null || !rule.methods().contains(call.method())) {
            return Optional.empty();
        }
        boolean personal = call.fields().first("authorization").isPresent()
                || call.fields().first("cookie").isPresent();
        boolean posts = POST.equals(call.method());
        if (personal || call.content().length() > 0 && !posts) {
            return Optional.empty();
        }
        Optional<String> user = call.fields().first(USER_FIELD);
        StringBuilder key = new StringBuilder(user.isPresent() ? OF_A_USER : "\n");
        key.append(generation.get()).append('\n');
        key.append(call.method()).append('\n').append(call.path());
        key.append('\n').append(query.of(call.query()).orElse(call.query()));
        for (String field : KEYED) {
            key.append('\n').append(String.join(",", call.fields().all(field)));
        }
        // Whatever the level: what one user was answered is no other user's.
        key.append('\n').append(user.orElse(""));
        if (rule.level() == CacheLevel.APPLICATION) {
            key.append('\n').append(application);
        }
        return posts ? content.of(call).map(of -> key.append('\n').append(of).toString()) : Optional.of(key.toString());
    }

    Optional<HttpAnswer> find(String key) {
        Optional<HttpAnswer> found = Optional.ofNullable(answers.getIfPresent(key));
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    void keep(String key, HttpAnswer answer) {
        boolean small = answer.content().isHeld() && answer.content().length() <= LARGEST;
        if (answer.status() == 200
                && small
                && mayBeKept(key, answer)
                && answer.fields().all("set-cookie").isEmpty()) {
            answers.put(key, answer);
        }
    }

    /** What is one's own is nobody else's, whatever the rule thinks of the service's fields. */
    private boolean mayBeKept(String key, HttpAnswer answer) {
        String control = String.join(",", answer.fields().all("cache-control")).toLowerCase(Locale.ROOT);
        if (control.contains("private") && !key.startsWith(OF_A_USER)) {
            return false;
        }
        boolean varies = answer.fields().all("vary").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .anyMatch(name -> !KEYED.contains(name.strip().toLowerCase(Locale.ROOT)));
        return rule.headers() == CacheHeaders.IGNORE
                || !varies
                        && !STALE_AT_ONCE.matcher(control).find()
                        && !control.contains("no-store")
                        && !control.contains("no-cache");
    }

    /** Keeps none of those it has, nor of those that are asked for now. */
    void clear() {
        if (answers != null) {
            generation.incrementAndGet();
            answers.invalidateAll();
        }
    }

    /** Null where none are kept. */
    CacheFigures figures() {
        if (answers == null) {
            return null;
        }
        answers.cleanUp(); // so that what is over its time does not count
        return new CacheFigures(hits.sum(), misses.sum(), answers.estimatedSize());
    }
}
