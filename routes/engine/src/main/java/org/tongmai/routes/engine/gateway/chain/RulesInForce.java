package org.tongmai.routes.engine.gateway.chain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.call.Calling;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.call.Sharing;
import org.tongmai.routes.engine.gateway.domains.SafeDomains;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.DomainRule;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** A set of rules made ready, immutable: a call that began under it ends under it. */
public final class RulesInForce {
    private final Surroundings around;
    private final Lasting lasting;
    private final List<Issue> missing = new ArrayList<>();
    private final Map<GatewayKind, AddressGuard> doors = new EnumMap<>(GatewayKind.class);
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
     * @param sharing how many nodes share a rate
     */
    public RulesInForce(Surroundings around, Sharing sharing) {
        this(RuleSet.NOTHING, around, new Lasting(new Throttles(null, sharing), Map.of()));
    }

    /**
     * What these rules become.
     *
     * @param next checked, and of this node
     * @param withheld applications this node can not know, though there are such, and why
     * @param calling how each service is called
     */
    public RulesInForce followedBy(
            RuleSet next, Map<String, List<Issue>> withheld, Function<Service, Calling> calling) {
        Map<String, UserTokens.Known> providers = around.tokens().known(next.identityProviders(), lasting.providers());
        RulesInForce ready =
                new RulesInForce(next, around, new Lasting(lasting.throttles().next(), providers));
        ready.take(next, new HashMap<>(withheld), calling);
        return ready;
    }

    private RulesInForce(RuleSet rules, Surroundings around, Lasting lasting) {
        this.around = around;
        this.lasting = lasting;
        this.suspendedNode = rules.nodes().stream()
                .filter(node -> node.state() != ActiveState.ACTIVE)
                .map(RuleSet.NodeRule::id)
                .findFirst();
        rules.addresses().forEach((kind, rule) -> doors.put(kind, new AddressGuard(rule)));
        for (GatewayKind kind : GatewayKind.values()) {
            paths.put(kind, new PathTable());
        }
    }

    /** Before anybody sees it. */
    private void take(RuleSet rules, Map<String, List<Issue>> withheld, Function<Service, Calling> calling) {
        Throttles throttles = lasting.throttles();
        IdentityGuard identity = new IdentityGuard(applications(rules, withheld), withheld);
        lasting.providers().values().forEach(each -> {
            each.missing().ifPresent(missing::add);
            new DeniedUsers(each, around.pseudonyms()).missing().ifPresent(missing::add);
        });
        GuardMaker guards = new GuardMaker(
                identity,
                new UserGuards(around, lasting.providers(), throttles),
                domains(rules),
                suspended(rules),
                around.trust(),
                throttles);
        for (Service service : rules.services()) {
            PublishedService published = new PublishedService(service, calling.apply(service), guards);
            services.put(service.id(), published);
            missing.addAll(published.calling().withheld());
            service.gateways().forEach(kind -> paths.get(kind).add(service.path(), published));
        }
        rules.listeners()
                .forEach(each -> listeners.put(
                        ListenerRoutes.name(each), new BoundListener(each, services.get(each.service()))));
    }

    /** One whose keys can not be read here is withheld too. */
    private Map<String, KnownApplication> applications(RuleSet rules, Map<String, List<Issue>> withheld) {
        Throttles throttles = lasting.throttles();
        Map<String, KnownApplication> applications = new HashMap<>();
        Map<String, Throttle> callers = new HashMap<>();
        rules.callers().forEach(each -> callers.put(each.id(), throttles.of("caller " + each.id(), each.rate())));
        rules.applications().forEach(each -> {
            KnownApplication.Rates rates = new KnownApplication.Rates(
                    throttles.of("application " + each.id(), each.rate()),
                    callers.getOrDefault(each.caller(), Throttle.NONE));
            try {
                KnownApplication known =
                        new KnownApplication(each, rules, around.trust().keys(), rates);
                applications.put(each.id(), known);
                missing.addAll(known.missing());
            } catch (CodedException e) {
                withheld.put(each.id(), e.issues());
                missing.addAll(e.issues());
            }
        });
        return applications;
    }

    /** Nothing is safe at the user gateway that no rule names; the others serve systems, which follow no redirect. */
    private static Map<GatewayKind, SafeDomains> domains(RuleSet rules) {
        Map<GatewayKind, SafeDomains> domains = new EnumMap<>(GatewayKind.class);
        domains.put(GatewayKind.USER, new SafeDomains(DomainRule.NONE));
        rules.domains().forEach((kind, rule) -> domains.put(kind, new SafeDomains(rule)));
        return domains;
    }

    private static GuardMaker.Suspended suspended(RuleSet rules) {
        return new GuardMaker.Suspended(
                rules.systems().stream()
                        .filter(system -> system.state() != ActiveState.ACTIVE)
                        .map(RuleSet.SystemRule::id)
                        .collect(Collectors.toSet()),
                rules.serviceDomains().stream()
                        .filter(domain -> domain.state() != ActiveState.ACTIVE)
                        .map(RuleSet.ServiceDomain::id)
                        .collect(Collectors.toSet()));
    }

    /**
     * Lets a call pass that comes from where calls of its gateway may come from, whatever it asks for.
     *
     * @throws Refused {@link GatewayError#ADDRESS_NOT_ALLOWED}
     */
    void admit(Passage passage) {
        AddressGuard door = doors.get(passage.gateway());
        if (door != null) {
            door.admit(passage);
        }
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

    /** Keys the rules ask for that this node has not or can not read, services it can not carry; what needs one is refused. */
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
