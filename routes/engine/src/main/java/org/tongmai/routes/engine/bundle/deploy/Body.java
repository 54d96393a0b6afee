package org.tongmai.routes.engine.bundle.deploy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.RouteBundle.RouteFigures;
import org.tongmai.standards.exchange.ExchangeNames;

/** The author's steps of one route of one version, started. Knows what is in flight in it. */
final class Body {
    private final String id;
    private final AsyncProcessor route;
    private final MappingEngine mappings;
    private final RouteStatistics statistics = new RouteStatistics(System::nanoTime);
    private final AtomicLong inFlight = new AtomicLong();
    /** Those that have entered the steps. */
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean emptied = new AtomicBoolean();
    private volatile Runnable whenEmpty;

    /** @param mappings of the version; null for the platform's */
    Body(String id, AsyncProcessor route, MappingEngine mappings) {
        this.id = id;
        this.route = route;
        this.mappings = mappings;
    }

    /** Camel's id of the route. */
    String id() {
        return id;
    }

    /**
     * What passed through. What has been in it for longer than the bound counts as if it ended now: a message that hangs
     * is a slow one.
     */
    RouteFigures figures(Duration bound) {
        long now = System.nanoTime();
        long[] late = passages.stream()
                .mapToLong(passage -> now - passage.begun)
                .filter(age -> age > bound.toNanos())
                .toArray();
        return statistics.figures(late);
    }

    /** Answers false when it is closed: whoever asked looks again for the one that took its place. */
    boolean enter() {
        inFlight.incrementAndGet();
        if (whenEmpty == null) {
            return true;
        }
        leave();
        return false;
    }

    /** For one who has entered; leaves when the exchange is through. */
    boolean process(Exchange exchange, AsyncCallback callback) {
        Passage passage = new Passage(exchange, callback);
        passages.add(passage);
        if (mappings != null) {
            exchange.setProperty(ExchangeNames.MAPPINGS, mappings);
        }
        try {
            return route.process(exchange, passage);
        } catch (Throwable e) { // an Error of a step: it goes on its way, but not without having left
            passage.end();
            throw e;
        }
    }

    /** Nobody enters any more; runs the task once when the last has left. */
    void close(Runnable task) {
        whenEmpty = task;
        if (inFlight.get() == 0) {
            tellEmpty();
        }
    }

    private void leave() {
        if (inFlight.decrementAndGet() == 0 && whenEmpty != null) {
            tellEmpty();
        }
    }

    private void tellEmpty() {
        if (emptied.compareAndSet(false, true)) {
            whenEmpty.run();
        }
    }

    private final class Passage implements AsyncCallback {
        private final Exchange exchange;
        private final AsyncCallback then;
        private final long begun = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();

        Passage(Exchange exchange, AsyncCallback then) {
            this.exchange = exchange;
            this.then = then;
        }

        @Override
        public void done(boolean synchronous) {
            try {
                end();
            } finally {
                then.done(synchronous);
            }
        }

        void end() {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            passages.remove(this);
            long nanos = System.nanoTime() - begun;
            if (exchange.getException() == null) {
                statistics.passed(nanos);
            } else {
                statistics.failed(nanos);
            }
            // A step "stop" ends the author's steps, not the engine's around them.
            exchange.setRouteStop(false);
            leave();
        }
    }
}
