package org.tongmai.routes.engine.gateway.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.ExchangeRule;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;

/**
 * Users by asking the provider whose a token is. What it said is kept as long as the token holds, at most as long as the rule
 * says; a token it does not know for some seconds. The same token is asked about once at a time.
 */
final class ExchangedTokens implements TokenSource {
    private static final int MOST_KEPT = 50_000;
    private static final Duration REFUSED_KEPT = Duration.ofSeconds(5);

    private final IdentityProvider provider;
    private final ExchangeRule rule;
    private final ExchangeRequest request;
    private final SideCalls.Lane calls;
    private final Clock clock;
    private final Cache<TokenDigest, User> users;
    private final Cache<TokenDigest, Boolean> refused = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(REFUSED_KEPT)
            .build();
    private final Map<TokenDigest, CompletableFuture<User>> underWay = new ConcurrentHashMap<>();

    ExchangedTokens(IdentityProvider provider, ExchangeRequest request, SideCalls.Lane calls, Clock clock) {
        this.provider = provider;
        this.rule = provider.exchange();
        this.request = request;
        this.calls = calls;
        this.clock = clock;
        this.users = Caffeine.newBuilder()
                .maximumSize(MOST_KEPT)
                .expireAfterWrite(rule.longest())
                .build();
    }

    @Override
    public CompletableFuture<User> user(String token) {
        TokenDigest digest = TokenDigest.of(token);
        CompletableFuture<User> before = known(digest);
        if (before != null) {
            return before;
        }
        CompletableFuture<User> mine = new CompletableFuture<>();
        CompletableFuture<User> other = underWay.putIfAbsent(digest, mine);
        if (other != null) {
            return other;
        }
        // What was under way a moment ago is known by now, and channels take a ticket once.
        CompletableFuture<User> meanwhile = known(digest);
        if (meanwhile != null) {
            underWay.remove(digest);
            meanwhile.whenComplete((user, failure) -> complete(mine, user, failure));
            return meanwhile;
        }
        asked(token).whenComplete((user, failure) -> {
            CodedException why = failure == null ? null : coded(failure);
            if (why == null) {
                users.put(digest, user);
            } else if (!why.retryable()) {
                refused.put(digest, true);
            }
            underWay.remove(digest);
            complete(mine, user, why);
        });
        return mine;
    }

    /** Null for a token nothing is known of. */
    private CompletableFuture<User> known(TokenDigest digest) {
        User user = users.getIfPresent(digest);
        if (user != null && clock.instant().isBefore(user.until())) {
            return CompletableFuture.completedFuture(user);
        }
        return refused.getIfPresent(digest) == null ? null : CompletableFuture.failedFuture(unknown());
    }

    private static void complete(CompletableFuture<User> asking, User user, Throwable failure) {
        if (failure == null) {
            asking.complete(user);
        } else {
            asking.completeExceptionally(failure);
        }
    }

    private CompletableFuture<User> asked(String token) {
        try {
            return calls.post(URI.create(rule.url()), request.contentType(), request.body(token))
                    .thenApply(this::user);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private User user(SideCalls.Reply reply) {
        if (reply.status() == 400 || reply.status() == 401 || reply.status() == 403) {
            throw unknown();
        }
        JsonNode said = read(reply);
        JsonNode success = said.at(rule.success().pointer());
        if (reply.status() != 200 || !success.isValueNode()) {
            throw away("status " + reply.status());
        }
        if (!success.asText().equals(rule.success().value())) {
            throw unknown();
        }
        IdentityProvider.SubjectRule subject = provider.subject();
        return new User(
                provider.id(),
                Subjects.identifier(subject, value(said, subject.claim())),
                words(said, subject.scopes()),
                words(said, subject.roles()),
                until(said));
    }

    private static JsonNode read(SideCalls.Reply reply) {
        try {
            JsonNode said = Json.STRICT.readTree(reply.body());
            if (said != null && said.isObject()) {
                return said;
            }
        } catch (JsonProcessingException e) {
            throw away("no JSON"); // without the cause: its text quotes the answer
        } catch (IOException e) {
            throw away("not readable");
        }
        throw away("no JSON object");
    }

    private static Object value(JsonNode said, String pointer) {
        JsonNode node = pointer.startsWith("/") ? said.at(pointer) : null;
        return node != null && node.isTextual() ? node.textValue() : null;
    }

    private static Set<String> words(JsonNode said, String pointer) {
        JsonNode node = pointer.startsWith("/") ? said.at(pointer) : null;
        if (node == null || !node.isArray()) {
            return Subjects.words(value(said, pointer));
        }
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.asText()));
        return Subjects.words(texts);
    }

    private Instant until(JsonNode said) {
        Instant longest = clock.instant().plus(rule.longest());
        if (rule.life().isEmpty()) {
            return longest;
        }
        JsonNode life = said.at(rule.life());
        if (!life.canConvertToLong() && !life.isTextual() || life.asLong(0) <= 0) {
            throw unknown();
        }
        Instant itself = clock.instant()
                .plusSeconds(Math.min(life.asLong(), Duration.ofDays(1).toSeconds()));
        return itself.isBefore(longest) ? itself : longest;
    }

    private static CodedException coded(Throwable failure) {
        Throwable cause = FailureFacts.unwrapped(failure);
        return cause instanceof CodedException coded
                ? coded
                : away(cause.getClass().getSimpleName());
    }

    private static Refused unknown() {
        return new Refused(GatewayError.TOKEN_INVALID, "", "the provider does not know it");
    }

    private static Refused away(String detail) {
        return new Refused(GatewayError.PROVIDER_AWAY, "", detail);
    }
}
