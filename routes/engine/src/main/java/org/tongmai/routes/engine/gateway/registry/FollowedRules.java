package org.tongmai.routes.engine.gateway.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.AddressRule;
import org.tongmai.routes.engine.gateway.rules.Application;
import org.tongmai.routes.engine.gateway.rules.DomainRule;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.routes.engine.gateway.rules.Listener;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Rules as a node can take them up. What was published was right for who published it; a node of another version may see it
 * otherwise, and does without what it can not take instead of without all. Nothing becomes more open by that: whatever needs
 * what is not there is withheld.
 *
 * @param rules what is taken up; a service that is withheld has its id, its doors and its path, and nothing else
 * @param services those whose calls are refused, and why
 * @param applications those whose calls are refused, and why
 * @param leftOut what is not there, or runs otherwise, of all else, and why
 */
record FollowedRules(
        RuleSet rules, Map<String, List<Issue>> services, Map<String, List<Issue>> applications, List<Issue> leftOut) {

    /** All of them: nothing is wrong with any. */
    static FollowedRules whole(RuleSet rules) {
        return new FollowedRules(rules, Map.of(), Map.of(), List.of());
    }

    /** The same, of which this too runs otherwise than the rules say. */
    FollowedRules besides(List<Issue> otherwise) {
        return new FollowedRules(
                rules,
                services,
                applications,
                Stream.concat(leftOut.stream(), otherwise.stream()).toList());
    }

    /**
     * @param violations of the rules
     * @throws CodedException where one is of nothing that could be left out
     */
    static FollowedRules of(RuleSet rules, List<Issue> violations) {
        Reading reading = new Reading(rules);
        if (!violations.stream().allMatch(reading::takes)) {
            throw new CodedException(violations, null);
        }
        return new FollowedRules(reading.left(), reading.services, reading.applications, reading.leftOut);
    }

    /** Finds out what can not be taken, and what needs that. */
    private static final class Reading {
        private final RuleSet rules;
        private final Map<String, List<Issue>> services = new HashMap<>();
        private final Map<String, List<Issue>> applications = new HashMap<>();
        private final List<Issue> leftOut = new ArrayList<>();
        /** Kinds and ids, as violations name them. */
        private final Set<String> away = new HashSet<>();

        private final Set<GatewayKind> domainsAway = EnumSet.noneOf(GatewayKind.class);
        private final Set<GatewayKind> addressesAway = EnumSet.noneOf(GatewayKind.class);

        Reading(RuleSet rules) {
            this.rules = rules;
        }

        /** Whether it is of something that can be left out; then that is. */
        boolean takes(Issue violation) {
            List<String> ofServices = named("services", rules.services(), Service::id, violation);
            List<String> ofApplications = named("applications", rules.applications(), Application::id, violation);
            ofServices.forEach(id -> withhold(each -> each.id().equals(id), violation));
            rules.services().stream()
                    .filter(each -> ofServices.contains(each.id()) && !RuleCheck.isPath(each.path()))
                    .forEach(each -> besides(each, violation));
            ofApplications.forEach(id -> without(each -> each.id().equals(id), violation));
            boolean other = provider(violation)
                    | caller(violation)
                    | group(violation)
                    | listener(violation)
                    | system(violation)
                    | serviceDomain(violation)
                    | node(violation)
                    | addresses(violation)
                    | domains(violation);
            if (other) {
                leftOut.add(violation);
            }
            return other || !ofServices.isEmpty() || !ofApplications.isEmpty();
        }

        /** Things that a violation is of; more than one where it can not be told apart. */
        private static <T> List<String> named(String kind, List<T> things, Function<T, String> id, Issue violation) {
            return things.stream()
                    .map(id)
                    .distinct()
                    .filter(each -> isAt(kind + '[' + each + ']', violation))
                    .toList();
        }

        /** The same of things that are not taken. */
        private <T> List<String> leave(String kind, List<T> things, Function<T, String> id, Issue violation) {
            List<String> found = named(kind, things, id, violation);
            found.forEach(each -> away.add(kind + each));
            return found;
        }

        private static List<GatewayKind> gateways(String kind, Issue violation) {
            return Stream.of(GatewayKind.values())
                    .filter(each -> isAt(kind + '.' + each, violation))
                    .toList();
        }

        private static boolean isAt(String place, Issue violation) {
            return violation.location().equals(place) || violation.location().startsWith(place + '.');
        }

        /** Calls of a service whose path can not be read go to no other. */
        private void besides(Service unreadable, Issue violation) {
            UnreadablePath path = new UnreadablePath(unreadable.path());
            withhold(
                    each -> !Collections.disjoint(each.gateways(), unreadable.gateways())
                            && RuleCheck.isPath(each.path())
                            && path.mayBe(each.path()),
                    violation);
        }

        private boolean provider(Issue violation) {
            List<String> found = leave("identityProviders", rules.identityProviders(), IdentityProvider::id, violation);
            found.forEach(id -> withhold(
                    each -> each.access().user() != null
                            && each.access().user().provider().equals(id),
                    violation));
            return !found.isEmpty();
        }

        /** A caller that is there twice may be suspended in one place. */
        private boolean caller(Issue violation) {
            List<String> found = leave("callers", rules.callers(), RuleSet.CallerRule::id, violation);
            found.forEach(id -> without(each -> each.caller().equals(id), violation));
            return !found.isEmpty();
        }

        /** As with callers. */
        private boolean system(Issue violation) {
            List<String> found = leave("systems", rules.systems(), RuleSet.SystemRule::id, violation);
            found.forEach(id -> withhold(each -> each.system().equals(id), violation));
            return !found.isEmpty();
        }

        /** As with callers. */
        private boolean serviceDomain(Issue violation) {
            List<String> found = leave("serviceDomains", rules.serviceDomains(), RuleSet.ServiceDomain::id, violation);
            found.forEach(id -> withhold(each -> each.domain().equals(id), violation));
            return !found.isEmpty();
        }

        /** What is said of it is not known, so it takes no calls. */
        private boolean node(Issue violation) {
            return !leave("nodes", rules.nodes(), RuleSet.NodeRule::id, violation)
                    .isEmpty();
        }

        /** A group only allows: one that names services which are not there allows the others. */
        private boolean group(Issue violation) {
            List<String> found = named("groups", rules.groups(), RuleSet.ServiceGroup::id, violation);
            found.stream()
                    .filter(id -> !violation.location().endsWith("].services"))
                    .forEach(id -> {
                        away.add("groups" + id);
                        without(each -> each.groups().contains(id), violation);
                    });
            return !found.isEmpty();
        }

        private boolean listener(Issue violation) {
            return !leave("listeners", rules.listeners(), Listener::id, violation)
                    .isEmpty();
        }

        /** Without them a gateway would take calls from everywhere. */
        private boolean addresses(Issue violation) {
            List<GatewayKind> found = gateways("addresses", violation);
            found.forEach(kind -> {
                addressesAway.add(kind);
                withhold(each -> each.gateways().contains(kind), violation);
            });
            return !found.isEmpty();
        }

        /** Without its domains a gateway would judge no origin, or no redirect, of services that have none of their own. */
        private boolean domains(Issue violation) {
            List<GatewayKind> found = gateways("domains", violation);
            found.forEach(kind -> {
                domainsAway.add(kind);
                withhold(each -> each.gateways().contains(kind) && each.access().domains() == null, violation);
            });
            return !found.isEmpty();
        }

        private void withhold(Predicate<Service> which, Issue why) {
            rules.services().stream().filter(which).map(Service::id).distinct().forEach(id -> services.computeIfAbsent(
                            id, first -> new ArrayList<>())
                    .add(why));
        }

        private void without(Predicate<Application> which, Issue why) {
            rules.applications().stream()
                    .filter(which)
                    .map(Application::id)
                    .distinct()
                    .forEach(id -> applications
                            .computeIfAbsent(id, first -> new ArrayList<>())
                            .add(why));
        }

        /** What is left; a listener goes with its application. */
        RuleSet left() {
            Map<GatewayKind, DomainRule> domains = new EnumMap<>(GatewayKind.class);
            domains.putAll(rules.domains());
            domainsAway.forEach(kind -> domains.put(kind, DomainRule.NONE));
            Map<GatewayKind, AddressRule> addresses = new EnumMap<>(GatewayKind.class);
            addresses.putAll(rules.addresses());
            addressesAway.forEach(addresses::remove);
            return new RuleSet(
                    rules.services().stream()
                            .map(each -> services.containsKey(each.id()) ? bare(each) : each)
                            .toList(),
                    here("groups", rules.groups(), RuleSet.ServiceGroup::id),
                    here("callers", rules.callers(), RuleSet.CallerRule::id),
                    rules.applications().stream()
                            .filter(each -> !applications.containsKey(each.id()))
                            .toList(),
                    here("identityProviders", rules.identityProviders(), IdentityProvider::id),
                    here("listeners", rules.listeners(), Listener::id).stream()
                            .filter(each -> !applications.containsKey(each.application()))
                            .toList(),
                    here("systems", rules.systems(), RuleSet.SystemRule::id),
                    addresses,
                    domains,
                    here("serviceDomains", rules.serviceDomains(), RuleSet.ServiceDomain::id),
                    rules.nodes().stream()
                            .map(each -> away.contains("nodes" + each.id()) ? suspended(each) : each)
                            .toList());
        }

        private static RuleSet.NodeRule suspended(RuleSet.NodeRule node) {
            return new RuleSet.NodeRule(node.id(), node.title(), node.domains(), ActiveState.SUSPENDED);
        }

        private <T> List<T> here(String kind, List<T> things, Function<T, String> id) {
            return things.stream()
                    .filter(each -> !away.contains(kind + id.apply(each)))
                    .toList();
        }

        private static Service bare(Service service) {
            return new Service(
                    service.id(),
                    service.title(),
                    service.domain(),
                    service.system(),
                    service.state(),
                    service.gateways(),
                    service.methods(),
                    RuleCheck.isPath(service.path()) ? service.path() : new UnreadablePath(service.path()).widest(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }
}
