package org.tongmai.routes.engine.gateway.call;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Protects a service (服务熔断): no more calls at once than agreed, of which each living node has its part, nor than it can
 * really do, which is found from how its answers slow down (gradient of latencies); and none for a while when too many fail,
 * until probes succeed.
 */
public final class ServiceBreaker {
    /** However slow it answers, a service is given this part of what was agreed. */
    private static final int LEAST_PART = 20;

    private final String service;
    private final int agreed;
    private final int room;
    private final IntSupplier nodes;
    private final CircuitBreaker circuit;
    private volatile Share share;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongSupplier nanoTime;

    /**
     * What bounds a node's part.
     *
     * @param room calls the transport can take at once on this node
     * @param nodes how many nodes share what was agreed; at least 1
     */
    record Sizes(int room, IntSupplier nodes) {}

    /**
     * What this node may do of what was agreed. The limit is found anew when nodes come or go: one of another size would never
     * see calls enough to move.
     */
    private record Share(int nodes, int most, Limit limit) {
        static Share of(int nodes, int most) {
            Limit limit = Gradient2Limit.newBuilder()
                    .initialLimit(most)
                    .minLimit(Math.max(1, most / LEAST_PART))
                    .queueSize(Math.max(4, most / LEAST_PART))
                    .maxConcurrency(most)
                    .build();
            return new Share(nodes, most, limit);
        }

        int capacity() {
            return Math.min(most, limit.getLimit());
        }
    }

    /**
     * @param room calls the transport can take at once on this node
     * @param nodes how many nodes share what was agreed; at least 1
     */
    ServiceBreaker(String service, TrafficRule.Breaker rule, int room, IntSupplier nodes) {
        this(service, rule, new Sizes(room, nodes), System::nanoTime);
    }

    /** @param nanoTime a clock that never goes back, by which answers slow down */
    ServiceBreaker(String service, TrafficRule.Breaker rule, Sizes sizes, LongSupplier nanoTime) {
        this.service = service;
        this.agreed = rule.concurrency();
        this.room = sizes.room();
        this.nodes = sizes.nodes();
        this.nanoTime = nanoTime;
        this.share = share(nodes.getAsInt());
        this.circuit = CircuitBreaker.of(
                service,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.TIME_BASED)
                        .slidingWindowSize((int) Math.max(1, rule.window().toSeconds()))
                        .minimumNumberOfCalls(rule.minimumCalls())
                        .failureRateThreshold(rule.errorPercent())
                        .waitDurationInOpenState(rule.open())
                        .maxWaitDurationInHalfOpenState(rule.open())
                        .permittedNumberOfCallsInHalfOpenState(rule.probes())
                        .writableStackTraceEnabled(false)
                        .build());
    }

    /** Of a number smaller than that of the nodes each takes one call. */
    private Share share(int among) {
        return Share.of(among, Math.min(room, Math.max(1, agreed / among)));
    }

    private Share now() {
        Share mine = share;
        int living = nodes.getAsInt();
        if (mine.nodes() != living) {
            mine = share(living);
            share = mine;
        }
        return mine;
    }

    /** One attempt that was let through; must be ended once. */
    public final class Permit {
        private final long begun = nanoTime.getAsLong();
        private final int together;
        private final Limit limit;

        private Permit(int together, Limit limit) {
            this.together = together;
            this.limit = limit;
        }

        void succeeded() {
            long taken = nanoTime.getAsLong() - begun;
            inFlight.decrementAndGet();
            limit.onSample(begun, taken, together, false);
            circuit.onSuccess(taken, TimeUnit.NANOSECONDS);
        }

        /** The call was not one that the service could be asked: that says nothing about the service. */
        void unused() {
            inFlight.decrementAndGet();
            circuit.releasePermission();
        }

        void failed(Throwable cause) {
            long taken = nanoTime.getAsLong() - begun;
            inFlight.decrementAndGet();
            limit.onSample(begun, taken, together, true);
            circuit.onError(taken, TimeUnit.NANOSECONDS, cause);
        }
    }

    /** @throws CodedException {@link GatewayError#SERVICE_OVERLOADED}, {@link GatewayError#CIRCUIT_OPEN} */
    Permit permit() {
        Share mine = now();
        int together = inFlight.incrementAndGet();
        if (together > mine.capacity()) {
            inFlight.decrementAndGet();
            throw new CodedException(Issue.of(GatewayError.SERVICE_OVERLOADED, service, "at once: " + mine.capacity()));
        }
        if (!circuit.tryAcquirePermission()) {
            inFlight.decrementAndGet();
            throw new CodedException(Issue.of(GatewayError.CIRCUIT_OPEN, service, ""));
        }
        return new Permit(together, mine.limit());
    }

    /** What it does now, for people. */
    public String state() {
        return circuit.getState().name();
    }

    /** Calls at once the service is found to be able to do, at most this node's part of those agreed. */
    public int capacity() {
        return now().capacity();
    }

    /** Calls under way. */
    public int underWay() {
        return inFlight.get();
    }
}
