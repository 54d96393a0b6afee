package org.tongmai.routes.engine.gateway.chain;

import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.call.Calling;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;

/** A set of rules made ready, immutable: a call that began under it ends under it. */
public final class RulesInForce {
    private final RuleSet rules;
    private final Map<GatewayKind, PathTable> paths = new EnumMap<>(GatewayKind.class);
    private final Map<String, PublishedService> services = new HashMap<>();

    /**
     * @param rules checked
     * @param calling how each service is called
     * @param clock what signed times are held against
     * @param nodes how many nodes share a rate
     */
    public RulesInForce(RuleSet rules, Function<Service, Calling> calling, Clock clock, IntSupplier nodes) {
        this.rules = rules;
        Map<String, KnownApplication> applications = new HashMap<>();
        Map<String, Throttle> rates = new HashMap<>();
        rules.applications().forEach(each -> {
            applications.put(each.id(), new KnownApplication(each, rules));
            rates.put(each.id(), new Throttle(each.rate(), nodes, System::nanoTime));
        });
        IdentityGuard identity = new IdentityGuard(applications, rates);
        for (GatewayKind kind : GatewayKind.values()) {
            paths.put(kind, new PathTable());
        }
        PublishedService.Surroundings around = new PublishedService.Surroundings(clock, nodes);
        for (Service service : rules.services()) {
            PublishedService published = new PublishedService(service, calling.apply(service), identity, around);
            services.put(service.id(), published);
            service.gateways().forEach(kind -> paths.get(kind).add(service.path(), published));
        }
    }

    public RuleSet rules() {
        return rules;
    }

    /** The services, by id. */
    public Map<String, PublishedService> services() {
        return services;
    }

    PublishedService find(Passage passage) {
        List<PublishedService> here =
                paths.get(passage.gateway()).find(passage.received().path());
        if (here.isEmpty()) {
            throw new Refusal(GatewayError.NO_SERVICE, "", "");
        }
        for (PublishedService service : here) {
            if (service.offers(passage.received().method())) {
                return service;
            }
        }
        throw new Refusal(GatewayError.METHOD_NOT_OFFERED, here.get(0).id(), "");
    }
}
