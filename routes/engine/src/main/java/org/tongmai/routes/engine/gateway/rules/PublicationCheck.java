package org.tongmai.routes.engine.gateway.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;

/**
 * Says everything that is wrong with rules that are to be published: what {@link RuleCheck} finds unfit to run, and what is
 * asked of who publishes alone. A node that follows runs that as it was agreed, for an older version could publish it: what
 * nobody should write is no reason to take a service away.
 */
public final class PublicationCheck {
    private final RuleSet rules;
    private final List<TransportKind> kinds;
    private final List<Issue> found = new ArrayList<>();

    private PublicationCheck(RuleSet rules, List<TransportKind> kinds) {
        this.rules = rules;
        this.kinds = kinds;
    }

    /**
     * @param kinds transports there are
     * @param listeners kinds of listeners there are
     * @param doors what doors of this node take
     * @return one issue a violation; empty when the rules can be published
     */
    public static List<Issue> violations(
            RuleSet rules, List<TransportKind> kinds, List<TransportKind> listeners, Doors doors) {
        PublicationCheck check = new PublicationCheck(rules, kinds);
        check.domains();
        rules.services().forEach(check::service);
        rules.identityProviders().forEach(check::provider);
        return Stream.of(RuleCheck.violations(rules, kinds, listeners), check.found, doors.violations(rules.services()))
                .flatMap(List::stream)
                .toList();
    }

    private void service(Service service) {
        String where = "services[" + service.id() + "]";
        new TransportCheck(kinds, found::add).amounts(where, service);
        TrafficRule.Cache cache = service.traffic().cache();
        if (cache != null && cache.methods().stream().noneMatch(service.methods()::contains)) {
            // Nothing is ever kept.
            say(
                    where + ".traffic.cache.methods",
                    "found: " + String.join(", ", cache.methods()) + " (expected: one of the service's methods, "
                            + String.join(", ", service.methods()) + ")");
        }
    }

    private void provider(IdentityProvider provider) {
        if (provider.exchange() == null) {
            return;
        }
        provider.exchange().constants().keySet().stream()
                .filter(TransportCheck::isSecret)
                .forEach(name -> say(
                        "identityProviders[" + provider.id() + "].exchange.constants", TransportCheck.secret(name)));
    }

    /** Service domains that are named and not declared. */
    private void domains() {
        List<String> domains =
                rules.serviceDomains().stream().map(RuleSet.ServiceDomain::id).toList();
        rules.services().stream()
                .filter(service -> !service.domain().isEmpty())
                .forEach(service -> known("services[" + service.id() + "].domain", List.of(service.domain()), domains));
        rules.applications().forEach(one -> known("applications[" + one.id() + "].domains", one.domains(), domains));
        rules.nodes().forEach(node -> known("nodes[" + node.id() + "].domains", node.domains(), domains));
    }

    private void known(String where, List<String> names, List<String> domains) {
        names.stream()
                .filter(name -> !domains.contains(name))
                .forEach(name -> say(
                        where,
                        "found: " + name + " (expected: one of serviceDomains: "
                                + domains.stream().distinct().sorted().collect(Collectors.joining(", ")) + ")"));
    }

    private void say(String where, String otherwise) {
        found.add(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
    }
}
