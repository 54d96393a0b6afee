package org.tongmai.routes.engine.gateway.user;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.ProviderKeys;
import org.tongmai.standards.error.FailureFacts;

/**
 * A provider's keys from its address. They are fetched beside the path, again when they are old and when a token names a key
 * that is not among them, never more than one fetch at a time and one in some seconds. While the provider is away those known
 * last stay good for a day.
 */
final class FetchedKeys implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);
    private static final Duration OLD = Duration.ofMinutes(5);
    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final Duration LAST_GOOD = Duration.ofHours(24);

    private final URI address;
    private final SideCalls.Lane calls;
    private final Clock clock;
    private volatile ProviderKeys keys = ProviderKeys.NONE;
    private volatile Instant fetchedAt = Instant.EPOCH;
    private Instant askedAt = Instant.EPOCH;
    private CompletableFuture<ProviderKeys> underWay;

    FetchedKeys(URI address, SideCalls.Lane calls, Clock clock) {
        this.address = address;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public ProviderKeys known() {
        Instant now = clock.instant();
        if (now.isAfter(fetchedAt.plus(OLD))) {
            newer();
        }
        return now.isAfter(fetchedAt.plus(LAST_GOOD)) ? ProviderKeys.NONE : keys;
    }

    @Override
    public synchronized CompletableFuture<ProviderKeys> newer() {
        if (underWay != null && !underWay.isDone()) {
            return underWay;
        }
        Instant now = clock.instant();
        if (now.isBefore(askedAt.plus(SELDOM))) {
            return lastGood(null);
        }
        askedAt = now;
        underWay = calls.get(address)
                .thenApply(this::read)
                .handle((fresh, failure) -> failure == null ? taken(fresh) : lastGood(failure))
                .thenCompose(known -> known);
        return underWay;
    }

    private ProviderKeys read(SideCalls.Reply reply) {
        try {
            ProviderKeys fresh = ProviderKeys.of(new String(reply.body(), StandardCharsets.UTF_8));
            if (reply.status() != 200 || fresh.size() == 0) {
                throw away("status " + reply.status() + ", " + fresh.size() + " usable keys");
            }
            return fresh;
        } catch (ParseException e) {
            throw away("no JWK set");
        }
    }

    private CompletableFuture<ProviderKeys> taken(ProviderKeys fresh) {
        keys = fresh;
        fetchedAt = clock.instant();
        return CompletableFuture.completedFuture(fresh);
    }

    private CompletableFuture<ProviderKeys> lastGood(Throwable failure) {
        if (failure != null) {
            LOG.warn(
                    "{} keys of {}: {}; those known last stay good",
                    GatewayError.PROVIDER_AWAY.code(),
                    address.getHost(),
                    FailureFacts.place(failure));
        }
        return clock.instant().isAfter(fetchedAt.plus(LAST_GOOD))
                ? CompletableFuture.failedFuture(away("no keys"))
                : CompletableFuture.completedFuture(keys);
    }

    private static Refused away(String detail) {
        return new Refused(GatewayError.PROVIDER_AWAY, "", detail);
    }
}
