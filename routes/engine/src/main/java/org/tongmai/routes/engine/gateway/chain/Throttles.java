package org.tongmai.routes.engine.gateway.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.tongmai.routes.engine.gateway.rules.Rate;

/** The rates of one set of rules. One that stays the same keeps its accounts: a publication gives out nothing anew. */
final class Throttles {
    private final Map<String, Throttle> before;
    private final Map<String, Throttle> now = new HashMap<>();
    private final IntSupplier nodes;

    /**
     * @param before those of the rules before; null for none
     * @param nodes how many nodes share a rate; at least 1
     */
    Throttles(Throttles before, IntSupplier nodes) {
        this.before = before == null ? Map.of() : before.now;
        this.nodes = nodes;
    }

    /** Those of the rules that follow. */
    Throttles next() {
        return new Throttles(this, nodes);
    }

    /** @param name of what the rate is of, the same in every publication */
    Throttle of(String name, Rate rate) {
        if (!rate.limits()) {
            return Throttle.NONE;
        }
        Throttle old = before.get(name);
        Throttle kept = old != null && old.holdsTo(rate) ? old : new Throttle(rate, nodes, System::nanoTime);
        now.put(name, kept);
        return kept;
    }
}
