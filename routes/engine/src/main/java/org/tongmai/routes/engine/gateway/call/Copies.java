package org.tongmai.routes.engine.gateway.call;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.tongmai.routes.engine.gateway.CopyFigures;
import org.tongmai.routes.engine.gateway.CopyFigures.Difference;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** Sends a share of the calls to another target too, and compares what it answers (流量复制). The call itself is over by then. */
final class Copies {
    /** What says to the target that nobody waits for its answer. */
    static final String COPY_FIELD = "X-Tongmai-Copy";

    private static final int MOST_DIFFERENCES = 20;
    /** Comparing takes time that the threads of connections do not have. */
    private static final Executor COMPARING = LastingWork.timer("gateway-copies");

    private final TrafficRule rule;
    private final Carrier carrier;
    private final AnswerComparison comparison;
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder alike = new LongAdder();
    private final LongAdder different = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final Deque<Difference> latest = new ArrayDeque<>();

    Copies(TrafficRule rule, Carrier carrier) {
        this.rule = rule;
        this.carrier = carrier;
        this.comparison = rule.copy() == null ? null : new AnswerComparison(rule.copy());
    }

    /** @param answer what the call was answered */
    void copy(HttpCall call, HttpAnswer answer) {
        TrafficRule.Copy copy = rule.copy();
        if (copy == null
                || !copy.methods().contains(call.method())
                || ThreadLocalRandom.current().nextInt(100) >= copy.percent()) {
            return;
        }
        boolean room = underWay.incrementAndGet() <= copy.atOnce();
        if (!room || !carrier.presence().enter()) {
            underWay.decrementAndGet();
            skipped.increment();
            return;
        }
        try {
            carrier.carry(
                    call.with(call.fields().with(COPY_FIELD, "1")),
                    copy.url(),
                    rule.timeout().toMillis(),
                    (other, failure) -> COMPARING.execute(LastingWork.task(() -> ended(answer, other))));
        } catch (RuntimeException e) { // nobody would be told of it: the caller has its answer
            ended(answer, null);
        }
    }

    private void ended(HttpAnswer answer, HttpAnswer other) {
        try {
            if (other == null) {
                failed.increment();
                return;
            }
            Optional<Difference> found = comparison.difference(answer, other, Instant.now());
            found.ifPresentOrElse(this::keep, alike::increment);
        } finally {
            carrier.presence().leave();
            underWay.decrementAndGet();
        }
    }

    private void keep(Difference found) {
        different.increment();
        synchronized (latest) {
            if (latest.size() == MOST_DIFFERENCES) {
                latest.removeLast();
            }
            latest.addFirst(found);
        }
    }

    CopyFigures figures() {
        if (rule.copy() == null) {
            return CopyFigures.NONE;
        }
        synchronized (latest) {
            return new CopyFigures(
                    rule.copy().url(),
                    alike.sum(),
                    different.sum(),
                    failed.sum(),
                    skipped.sum(),
                    new ArrayList<>(latest));
        }
    }
}
