package org.tongmai.routes.engine.gateway.chain;

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
    private final Surroundings around;
    private final Map<GatewayKind, PathTable> paths = new EnumMap<>(GatewayKind.class);
    private final Map<String, PublishedService> services = new HashMap<>();

    /**
     * Rules of no service.
     *
     * @param nodes how many nodes share a rate
     */
    public RulesInForce(Trust trust, IntSupplier nodes) {
        this(
                new RuleSet(null, null, null, null),
                service -> null,
                new Surroundings(trust, new Throttles(null, nodes), nodes));
    }

    /**
     * What these rules become.
     *
     * @param next checked
     * @param calling how each service is called
     */
    public RulesInForce followedBy(RuleSet next, Function<Service, Calling> calling) {
        return new RulesInForce(
                next,
                calling,
                new Surroundings(around.trust(), new Throttles(around.throttles(), around.nodes()), around.nodes()));
    }

    /**
     * What guards need beside the rules.
     *
     * @param trust what calls are held against
     * @param throttles rates of these rules
     * @param nodes how many nodes share a rate
     */
    record Surroundings(Trust trust, Throttles throttles, IntSupplier nodes) {}

    private RulesInForce(RuleSet rules, Function<Service, Calling> calling, Surroundings around) {
        this.rules = rules;
        this.around = around;
        Map<String, KnownApplication> applications = new HashMap<>();
        Map<String, Throttle> rates = new HashMap<>();
        rules.applications().forEach(each -> {
            applications.put(
                    each.id(), new KnownApplication(each, rules, around.trust().keys()));
            rates.put(each.id(), around.throttles().of("application " + each.id(), each.rate()));
        });
        IdentityGuard identity = new IdentityGuard(applications, rates);
        for (GatewayKind kind : GatewayKind.values()) {
            paths.put(kind, new PathTable());
        }
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
