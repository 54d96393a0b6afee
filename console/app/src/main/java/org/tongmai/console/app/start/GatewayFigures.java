package org.tongmai.console.app.start;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.gateway.chain.CallWatch;
import org.tongmai.routes.engine.gateway.chain.Passage;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** Counts calls by service, and refusals by their code; names no caller. The audit log keeps the rest. */
final class GatewayFigures implements CallWatch {
    private final MeterRegistry meters;
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();

    private final CallWatch audit;

    GatewayFigures(MeterRegistry meters, CallWatch audit) {
        this.meters = meters;
        this.audit = audit;
    }

    @Override
    public void ready() {
        audit.ready();
    }

    @Override
    public CompletableFuture<Void> ended(Passage passage, HttpAnswer answer, Issue refusal) {
        String service = passage.service() == null ? "none" : passage.service().id();
        calls.computeIfAbsent(service, id -> Timer.builder("tongmai.gateway.calls")
                        .tag("service", id)
                        .register(meters))
                .record(passage.elapsed(), TimeUnit.NANOSECONDS);
        if (refusal != null) {
            refusals.computeIfAbsent(refusal.code().code(), code -> Counter.builder("tongmai.gateway.refusals")
                            .tag("code", code)
                            .register(meters))
                    .increment();
        }
        return audit.ended(passage, answer, refusal);
    }
}
