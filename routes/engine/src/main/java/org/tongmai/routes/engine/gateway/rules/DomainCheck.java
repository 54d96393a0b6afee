package org.tongmai.routes.engine.gateway.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;

/**
 * What is wrong with service domains and nodes. Asked of who publishes, not of a node that follows: a name that nobody declared
 * is no reason to withhold what was in force before.
 */
public final class DomainCheck {
    /** As {@code tongmai.node-name} takes them. */
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final List<Issue> found = new ArrayList<>();
    private final Set<String> domains;

    private DomainCheck(RuleSet rules) {
        this.domains = unique(
                "serviceDomains",
                DOMAIN,
                rules.serviceDomains().stream().map(RuleSet.ServiceDomain::id).toList());
        rules.services().stream()
                .filter(service -> !service.domain().isEmpty())
                .forEach(service -> known("services[" + service.id() + "].domain", List.of(service.domain())));
        rules.applications().forEach(one -> known("applications[" + one.id() + "].domains", one.domains()));
        unique("nodes", NODE, rules.nodes().stream().map(RuleSet.NodeRule::id).toList());
        rules.nodes().forEach(node -> known("nodes[" + node.id() + "].domains", node.domains()));
    }

    /** @return one issue a violation; empty when the rules can be published */
    public static List<Issue> violations(RuleSet rules) {
        return new DomainCheck(rules).found;
    }

    private void known(String where, List<String> names) {
        names.stream()
                .filter(name -> !domains.contains(name))
                .forEach(name -> say(
                        where,
                        "found: " + name + " (expected: one of serviceDomains: "
                                + domains.stream().sorted().collect(Collectors.joining(", ")) + ")"));
    }

    private Set<String> unique(String where, Pattern form, List<String> ids) {
        Set<String> once = new HashSet<>();
        for (String id : ids) {
            if (!form.matcher(id).matches()) {
                say(where, "found: id " + id + " (expected: " + form.pattern() + ")");
            }
            if (!once.add(id)) {
                say(where, "found: " + id + " twice");
            }
        }
        return once;
    }

    private void say(String where, String otherwise) {
        found.add(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
    }
}
