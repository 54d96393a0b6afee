package org.tongmai.routes.engine.gateway.chain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.call.Calling;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.domains.SafeDomains;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.DomainRule;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** A set of rules made ready, immutable: a call that began under it ends under it. */
public final class RulesInForce {
    private final Surroundings around;
    private final Lasting lasting;
    private final List<Issue> missing = new ArrayList<>();
    private final Map<GatewayKind, PathTable> paths = new EnumMap<>(GatewayKind.class);
    private final Map<String, PublishedService> services = new HashMap<>();
    /** By the name of their route: of a listener that opens anew with other parameters, the old route is another. */
    private final Map<String, BoundListener> listeners = new HashMap<>();
    /** The rules take this node out of service. */
    private final Optional<String> suspendedNode;

    /** What outlives a publication where its rule stays the same; here, so that it goes by what is in force and nothing else. */
    private record Lasting(Throttles throttles, Map<String, UserTokens.Known> providers) {}

    /**
     * Rules of no service.
     *
     * @param around what rules need beside themselves
     * @param nodes how many nodes share a rate
     */
    public RulesInForce(Surroundings around, IntSupplier nodes) {
        this(RuleSet.NOTHING, service -> null, around, new Lasting(new Throttles(null, nodes), Map.of()));
    }

    /**
     * What these rules become.
     *
     * @param next checked, and of this node
     * @param calling how each service is called
     */
    public RulesInForce followedBy(RuleSet next, Function<Service, Calling> calling) {
        Map<String, UserTokens.Known> providers = around.tokens().known(next.identityProviders(), lasting.providers());
        return new RulesInForce(
                next, calling, around, new Lasting(lasting.throttles().next(), providers));
    }

    private RulesInForce(RuleSet rules, Function<Service, Calling> calling, Surroundings around, Lasting lasting) {
        this.around = around;
        this.lasting = lasting;
        this.suspendedNode = rules.nodes().stream()
                .filter(node -> node.state() != ActiveState.ACTIVE)
                .map(RuleSet.NodeRule::id)
                .findFirst();
        Throttles throttles = lasting.throttles();
        Map<String, KnownApplication> applications = new HashMap<>();
        rules.applications().forEach(each -> {
            Throttle rate = throttles.of("application " + each.id(), each.rate());
            KnownApplication known =
                    new KnownApplication(each, rules, around.trust().keys(), rate);
            applications.put(each.id(), known);
            missing.addAll(known.missing());
        });
        lasting.providers().values().forEach(each -> each.missing().ifPresent(missing::add));
        IdentityGuard identity = new IdentityGuard(applications);
        for (GatewayKind kind : GatewayKind.values()) {
            paths.put(kind, new PathTable());
        }
        GuardMaker guards = new GuardMaker(
                identity,
                new UserGuards(around, lasting.providers(), throttles),
                domains(rules),
                around.trust(),
                throttles,
                suspendedDomains(rules));
        for (Service service : rules.services()) {
            PublishedService published = new PublishedService(service, calling.apply(service), guards);
            services.put(service.id(), published);
            missing.addAll(published.calling().withheld());
            service.gateways().forEach(kind -> paths.get(kind).add(service.path(), published));
        }
        rules.listeners()
                .forEach(each -> listeners.put(
                        ListenerRoutes.name(each),
                        new BoundListener(each, services.get(each.service()), applications.get(each.application()))));
    }

    private static Set<String> suspendedDomains(RuleSet rules) {
        return rules.serviceDomains().stream()
                .filter(domain -> domain.state() != ActiveState.ACTIVE)
                .map(RuleSet.ServiceDomain::id)
                .collect(Collectors.toSet());
    }

    /** Nothing is safe at the user gateway that no rule names; the others serve systems, which follow no redirect. */
    private static Map<GatewayKind, SafeDomains> domains(RuleSet rules) {
        Map<GatewayKind, SafeDomains> domains = new EnumMap<>(GatewayKind.class);
        domains.put(GatewayKind.USER, new SafeDomains(DomainRule.NONE));
        rules.domains().forEach((kind, rule) -> domains.put(kind, new SafeDomains(rule)));
        return domains;
    }

    /** The answer to a browser that asks what a page may do; empty when the call is something else. */
    Optional<HttpAnswer> preflight(Passage passage) {
        if (!SafeDomains.isPreflight(passage.received())) {
            return Optional.empty();
        }
        requireInService();
        List<PublishedService> here = here(passage);
        String method = passage.received()
                .fields()
                .first("access-control-request-method")
                .orElse("");
        PublishedService wanted =
                here.stream().filter(each -> each.offers(method)).findFirst().orElse(here.get(0));
        SafeDomains domains = wanted.domains(passage.gateway());
        if (domains == null) {
            return Optional.empty();
        }
        passage.asked(wanted);
        return Optional.of(domains.preflight(passage.received(), wanted.rule().methods()));
    }

    /** Keys the rules ask for that this node has not, and services it can not carry; calls that need one are refused. */
    public List<Issue> missing() {
        return missing;
    }

    /** The services, by id. */
    public Map<String, PublishedService> services() {
        return services;
    }

    PublishedService find(Passage passage) {
        requireInService();
        if (!passage.listener().isEmpty()) {
            return bound(passage);
        }
        List<PublishedService> here = here(passage);
        for (PublishedService service : here) {
            if (service.describes(passage.received())) {
                return service;
            }
        }
        for (PublishedService service : here) {
            if (service.offers(passage.received().method())) {
                return service;
            }
        }
        throw new Refused(GatewayError.METHOD_NOT_OFFERED, here.get(0).id(), "");
    }

    private void requireInService() {
        if (suspendedNode.isPresent()) {
            throw new Refused(GatewayError.NODE_SUSPENDED, suspendedNode.get(), "");
        }
    }

    /** A listener opens before its rules are in force, and closes after: in between it takes nothing. */
    private PublishedService bound(Passage passage) {
        BoundListener listener = listeners.get(passage.listener());
        if (listener == null) {
            throw new Refused(GatewayError.SERVICE_SUSPENDED, passage.listener(), "expected: a listener in force");
        }
        passage.bind(listener);
        return listener.service();
    }

    private List<PublishedService> here(Passage passage) {
        List<PublishedService> here =
                paths.get(passage.gateway()).find(passage.received().path());
        if (here.isEmpty()) {
            throw new Refused(GatewayError.NO_SERVICE, "", "");
        }
        return here;
    }
}
