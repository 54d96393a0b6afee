package org.tongmai.routes.engine.gateway.call;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Protects a service (服务熔断): no more calls at once than agreed, nor than it can really do, which is found from how its
 * answers slow down (gradient of latencies); and none for a while when too many fail, until probes succeed.
 */
public final class ServiceBreaker {
    /** However slow it answers, a service is given this part of what was agreed. */
    private static final int LEAST_PART = 20;

    private final String service;
    private final int agreed;
    private final CircuitBreaker circuit;
    private final Limit limit;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongSupplier nanoTime;

    /** @param room calls the transport can take at once */
    ServiceBreaker(String service, TrafficRule.Breaker rule, int room) {
        this(service, rule, room, System::nanoTime);
    }

    /** @param nanoTime a clock that never goes back, by which answers slow down */
    ServiceBreaker(String service, TrafficRule.Breaker rule, int room, LongSupplier nanoTime) {
        this.service = service;
        this.nanoTime = nanoTime;
        this.agreed = Math.min(rule.concurrency(), room);
        this.limit = Gradient2Limit.newBuilder()
                .initialLimit(agreed)
                .minLimit(Math.max(1, agreed / LEAST_PART))
                .queueSize(Math.max(4, agreed / LEAST_PART))
                .maxConcurrency(agreed)
                .build();
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

    /** One attempt that was let through; must be ended once. */
    public final class Permit {
        private final long begun = nanoTime.getAsLong();
        private final int together;

        private Permit(int together) {
            this.together = together;
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
        int together = inFlight.incrementAndGet();
        if (together > Math.min(agreed, limit.getLimit())) {
            inFlight.decrementAndGet();
            throw new CodedException(Issue.of(
                    GatewayError.SERVICE_OVERLOADED, service, "at once: " + Math.min(agreed, limit.getLimit())));
        }
        if (!circuit.tryAcquirePermission()) {
            inFlight.decrementAndGet();
            throw new CodedException(Issue.of(GatewayError.CIRCUIT_OPEN, service, ""));
        }
        return new Permit(together);
    }

    /** What it does now, for people. */
    public String state() {
        return circuit.getState().name();
    }

    /** Calls at once the service is found to be able to do, at most those agreed. */
    public int capacity() {
        return Math.min(agreed, limit.getLimit());
    }

    /** Calls under way. */
    public int underWay() {
        return inFlight.get();
    }
}
