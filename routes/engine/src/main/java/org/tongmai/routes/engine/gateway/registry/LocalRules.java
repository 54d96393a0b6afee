package org.tongmai.routes.engine.gateway.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tongmai.routes.engine.gateway.call.Calling;
import org.tongmai.routes.engine.gateway.call.Carrier;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.call.Sharing;
import org.tongmai.routes.engine.gateway.chain.PublishedService;
import org.tongmai.routes.engine.gateway.chain.RulesInForce;
import org.tongmai.routes.engine.gateway.chain.Surroundings;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The rules on this node. New routes start beside the old; one assignment puts the new rules in force; a route nobody may
 * call any more goes when its last call is answered.
 */
final class LocalRules implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLISECONDS = 200;
    private static final long HEALTH_MILLISECONDS = 100;

    private final ServiceRoutes routes;
    private final OpenListeners listeners;
    private final GatewayRegistry.Place place;
    private final Sharing sharing;
    private final ScheduledExecutorService draining = LastingWork.timer("gateway-draining");
    private final ScheduledExecutorService health = LastingWork.timer("gateway-health");
    private final Map<String, Carrier> carriers = new HashMap<>();
    private final Set<String> preparing = new HashSet<>();
    private volatile RulesInForce inForce;
    private volatile GatewayRegistry.Place here;

    LocalRules(GatewayRegistry.Routes routes, GatewayRegistry.Place place, Surroundings around, Sharing sharing) {
        this.routes = routes.services();
        this.listeners = new OpenListeners(routes.listeners());
        this.place = place;
        this.sharing = sharing;
        this.here = place;
        this.inForce = new RulesInForce(around, sharing);
        health.scheduleWithFixedDelay(
                LastingWork.task(() -> inForce.services().values().forEach(service -> service.calling()
                        .lookAfterTargets())),
                HEALTH_MILLISECONDS,
                HEALTH_MILLISECONDS,
                TimeUnit.MILLISECONDS);
    }

    RulesInForce inForce() {
        return inForce;
    }

    /** This node, as the rules in force have it. */
    GatewayRegistry.Place here() {
        return here;
    }

    /** Rules that are ready, with their routes started; their listeners open when told to. */
    final class Prepared {
        private final RulesInForce ready;
        private final Map<String, Carrier> started;
        private final FollowedRules followed;
        private final RuleSet rules;

        private Prepared(RulesInForce ready, Map<String, Carrier> started, FollowedRules followed, RuleSet rules) {
            this.ready = ready;
            this.started = started;
            this.followed = followed;
            this.rules = rules;
            listeners.prepare(rules.listeners());
        }

        /** Keys of the rules that this node has not, services it can not carry, and what it left out. */
        List<Issue> missing() {
            Stream<Issue> applications =
                    followed.applications().values().stream().flatMap(List::stream);
            return Stream.concat(ready.missing().stream(), Stream.concat(applications, followed.leftOut().stream()))
                    .distinct()
                    .toList();
        }

        /** Opens the listeners: what comes by one before the rules are in force is refused. */
        OpenListeners.NotOpen open() {
            return listeners.open(rules.listeners());
        }

        void apply() {
            synchronized (LocalRules.this) {
                RulesInForce before = inForce;
                carriers.putAll(started);
                inForce = ready;
                here = place.under(rules.nodes());
                preparing.clear();
                listeners.applied();
                retire(before, ready);
            }
        }

        void abandon() {
            synchronized (LocalRules.this) {
                preparing.clear();
                started.keySet().forEach(routes::remove);
                listeners.abandoned();
            }
        }
    }

    /**
     * One at a time: the next only after this one is applied or abandoned. A service whose route does not start is missing, and
     * its calls are refused.
     */
    synchronized Prepared prepare(FollowedRules followed) {
        RuleSet all = followed.rules();
        GatewayRegistry.Place next = place.under(all.nodes());
        List<Service> services = all.services().stream().filter(next::serves).toList();
        RuleSet rules = all.at(next.node(), services, next.opensListeners() ? all.listeners() : List.of());
        Map<String, Carrier> started = new HashMap<>();
        rules.services().forEach(service -> preparing.add(ServiceRoutes.name(service)));
        try {
            RulesInForce ready = inForce.followedBy(rules, followed.applications(), service -> {
                List<Issue> why = followed.services().get(service.id());
                return why == null ? calling(service, started) : Calling.withheld(service, why);
            });
            return new Prepared(ready, started, followed, rules);
        } catch (RuntimeException e) {
            preparing.clear();
            started.keySet().forEach(routes::remove);
            throw e;
        }
    }

    private Calling calling(Service service, Map<String, Carrier> started) {
        PublishedService same = inForce.services().get(service.id());
        if (same != null && same.calling().withheld().isEmpty() && calledAlike(same.rule(), service)) {
            return same.calling();
        }
        String name = ServiceRoutes.name(service);
        Carrier running = carriers.get(name);
        try {
            return new Calling(
                    service,
                    running != null ? running : started.computeIfAbsent(name, first -> routes.start(service)),
                    () -> sharing.of(service));
        } catch (CodedException e) {
            return Calling.withheld(service, e.issues());
        }
    }

    /** Whether what is known of a service (its breaker, its kept answers) stays true. */
    private static boolean calledAlike(Service one, Service other) {
        return one.transport().equals(other.transport())
                && one.traffic().equals(other.traffic())
                && one.domain().equals(other.domain())
                && one.gateways().equals(other.gateways());
    }

    private void retire(RulesInForce before, RulesInForce now) {
        listeners.closeOthers();
        Set<String> needed = new HashSet<>();
        now.services().values().forEach(service -> needed.add(ServiceRoutes.name(service.rule())));
        before.services().values().stream()
                .map(service -> ServiceRoutes.name(service.rule()))
                .filter(name -> !needed.contains(name))
                .forEach(this::removeWhenQuiet);
    }

    private void removeWhenQuiet(String name) {
        draining.schedule(LastingWork.task(() -> removeIfQuiet(name)), LOOK_AGAIN_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private synchronized void removeIfQuiet(String name) {
        boolean needed = preparing.contains(name)
                || inForce.services().values().stream()
                        .anyMatch(service -> ServiceRoutes.name(service.rule()).equals(name));
        if (needed || !carriers.containsKey(name)) {
            return;
        }
        if (carriers.get(name).presence().closeIfEmpty()) {
            carriers.remove(name);
            routes.remove(name);
        } else {
            removeWhenQuiet(name);
        }
    }

    @Override
    public void close() {
        draining.shutdownNow();
        listeners.close();
        health.shutdownNow();
    }
}
