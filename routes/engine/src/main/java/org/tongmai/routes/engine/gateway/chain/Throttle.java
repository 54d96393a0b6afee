package org.tongmai.routes.engine.gateway.chain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.Rate;

/**
 * Holds calls to a rate, one account a key (generic cell rate algorithm, ITU-T I.371). Each of the living nodes gives out
 * its part, so that all together never give out more.
 */
final class Throttle {
    /** Of what has no rate: it keeps no accounts. */
    static final Throttle NONE = new Throttle(Rate.NONE, () -> 1, () -> 0);

    private static final int MOST_KEYS = 100_000;
    private static final int MOST_NODES = 64;

    private final Rate rate;
    private final IntSupplier nodes;
    private final LongSupplier nanoTime;
    private final Cache<String, AtomicLong> accounts;

    /**
     * @param nodes how many nodes share the rate; at least 1
     * @param nanoTime a clock that never goes back
     */
    Throttle(Rate rate, IntSupplier nodes, LongSupplier nanoTime) {
        this.rate = rate;
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        this.accounts = rate.limits() ? accounts(rate) : null;
    }

    private static Cache<String, AtomicLong> accounts(Rate rate) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(rate.per().multipliedBy(MOST_NODES).plus(Duration.ofSeconds(1)))
                .build();
    }

    boolean holdsTo(Rate other) {
        return rate.equals(other);
    }

    /** @throws org.tongmai.standards.error.CodedException {@link GatewayError#TOO_MANY_CALLS} */
    void take(String key, String whose) {
        if (!rate.limits()) {
            return;
        }
        long now = nanoTime.getAsLong();
        long each = rate.per().toNanos() / rate.calls() * nodes.getAsInt();
        // Of a rate smaller than the number of nodes each gives out one call in the longer time.
        long burst = Math.max(rate.per().toNanos(), each);
        AtomicLong account = accounts.get(key, first -> new AtomicLong(now - burst));
        while (true) {
            long due = account.get();
            long next = Math.max(due, now - burst) + each;
            if (next > now) {
                throw new Refused(
                        GatewayError.TOO_MANY_CALLS,
                        whose,
                        "agreed: " + rate.calls() + " in " + rate.per().toMillis() + " ms");
            }
            if (account.compareAndSet(due, next)) {
                return;
            }
        }
    }
}
