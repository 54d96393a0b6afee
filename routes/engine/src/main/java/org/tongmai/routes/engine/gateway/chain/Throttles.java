package org.tongmai.routes.engine.gateway.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.tongmai.routes.engine.gateway.call.Sharing;
import org.tongmai.routes.engine.gateway.rules.Rate;
import org.tongmai.routes.engine.gateway.rules.Service;

/** The rates of one set of rules. One that stays the same keeps its accounts: a publication gives out nothing anew. */
final class Throttles {
    private final Map<String, Throttle> before;
    private final Map<String, Throttle> now = new HashMap<>();
    private final Sharing sharing;

    /**
     * @param before those of the rules before; null for none
     * @param sharing how many nodes share a rate
     */
    Throttles(Throttles before, Sharing sharing) {
        this.before = before == null ? Map.of() : before.now;
        this.sharing = sharing;
    }

    /** Those of the rules that follow. */
    Throttles next() {
        return new Throttles(this, sharing);
    }

    /**
     * One that is shared by all nodes.
     *
     * @param name of what the rate is of, the same in every publication
     */
    Throttle of(String name, Rate rate) {
        return of(name, rate, sharing::ofAll);
    }

    /**
     * One that is shared by the nodes that carry the service; where those are others, it begins anew.
     *
     * @param what of the service the rate is of
     */
    Throttle of(String what, Service service, Rate rate) {
        String name = what + " of " + service.id() + " in " + service.domain() + service.gateways();
        return of(name, rate, () -> sharing.of(service));
    }

    private Throttle of(String name, Rate rate, IntSupplier nodes) {
        if (!rate.limits()) {
            return Throttle.NONE;
        }
        Throttle old = before.get(name);
        Throttle kept = old != null && old.holdsTo(rate) ? old : new Throttle(rate, nodes, System::nanoTime);
        now.put(name, kept);
        return kept;
    }
}
