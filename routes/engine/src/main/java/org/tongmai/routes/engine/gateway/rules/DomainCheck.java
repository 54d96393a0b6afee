package org.tongmai.routes.engine.gateway.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;

/**
 * Says which service domains are named and not declared. Asked of who publishes, not of a node that follows: a name that nobody
 * declared is no reason to withhold what was in force before.
 */
public final class DomainCheck {
    private final List<Issue> found = new ArrayList<>();
    private final Set<String> domains;

    private DomainCheck(RuleSet rules) {
        this.domains =
                rules.serviceDomains().stream().map(RuleSet.ServiceDomain::id).collect(Collectors.toSet());
        rules.services().stream()
                .filter(service -> !service.domain().isEmpty())
                .forEach(service -> known("services[" + service.id() + "].domain", List.of(service.domain())));
        rules.applications().forEach(one -> known("applications[" + one.id() + "].domains", one.domains()));
        rules.nodes().forEach(node -> known("nodes[" + node.id() + "].domains", node.domains()));
    }

    /** @return one issue a violation; empty when the rules can be published */
    public static List<Issue> violations(RuleSet rules) {
        return new DomainCheck(rules).found;
    }

    private void known(String where, List<String> names) {
        names.stream()
                .filter(name -> !domains.contains(name))
                .forEach(name -> found.add(Issue.of(
                        GatewayError.RULES_INVALID,
                        where,
                        "found: " + name + " (expected: one of serviceDomains: "
                                + domains.stream().sorted().collect(Collectors.joining(", ")) + ")")));
    }
}
