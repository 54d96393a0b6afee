package org.tongmai.routes.engine.bundle.deploy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.Tenants.Limits;
import org.tongmai.routes.engine.bundle.deploy.RunningInstance.Direction;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Stands between the front of a route and its bodies: picks the version for each message or batch, once. What it reads
 * is one volatile field.
 */
final class Switch extends AsyncProcessorSupport {
    private final Direction direction;
    private volatile Choice choice = new Choice(null, null, null);
    private volatile Allowance allowance = new Allowance(Limits.NONE, System::nanoTime);

    Switch(Direction direction) {
        this.direction = direction;
    }

    private record Choice(Body stable, Body canary, CanaryRule rule) {
        Body pick(Exchange exchange) {
            return canary != null && Traffic.of(exchange).isOf(rule) ? canary : stable;
        }
    }

    /**
     * From now on.
     *
     * @param canary takes what the rule says; null for none
     */
    void choose(Body stable, Body canary, CanaryRule rule) {
        choice = new Choice(stable, canary, rule);
    }

    /** From now on. */
    void limit(Allowance tenants) {
        allowance = tenants;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Allowance tenants = allowance;
        if (tenants.limits().equals(Limits.NONE)) {
            return send(exchange, callback);
        }
        if (direction == Direction.DELIVERING) {
            Runnable end = once(tenants.deliver());
            try {
                return send(exchange, synchronous -> {
                    end.run();
                    callback.done(synchronous);
                });
            } catch (Throwable e) { // an Error of a step goes on its way; the next delivery may come
                end.run();
                throw e;
            }
        }
        if (tenants.mayReceive()) {
            return send(exchange, callback);
        }
        exchange.setException(new CodedException(
                Issue.of(DeployError.TENANT_LIMIT, "", tenants.limits().messagesPerSecond() + " a second")));
        callback.done(true);
        return true;
    }

    private static Runnable once(Runnable end) {
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                end.run();
            }
        };
    }

    private boolean send(Exchange exchange, AsyncCallback callback) {
        Body body = choice.pick(exchange);
        while (body != null && !body.enter()) {
            // It closed just now; bodies close after the choice no longer has them.
            Body next = choice.pick(exchange);
            body = next == body ? null : next;
        }
        if (body == null) {
            exchange.setException(new CodedException(Issue.of(DeployError.NO_VERSION, "", "expected one in a moment")));
            callback.done(true);
            return true;
        }
        return body.process(exchange, callback);
    }
}
