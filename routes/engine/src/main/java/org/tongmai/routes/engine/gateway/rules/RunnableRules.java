package org.tongmai.routes.engine.gateway.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;

/**
 * Rules that are in force already, as a node runs them. Of what {@link PublicationCheck} alone would refuse, all runs as it was
 * agreed but times and numbers of transports that say nothing: no time to connect in would be any time, and no room none.
 *
 * @param rules without them, so that the template's own count
 * @param otherwise which were left out
 */
public record RunnableRules(RuleSet rules, List<Issue> otherwise) {
    /** @param kinds transports there are */
    public static RunnableRules of(RuleSet rules, List<TransportKind> kinds) {
        List<Issue> otherwise = new ArrayList<>();
        List<Service> services = rules.services().stream()
                .map(service -> kinds.stream()
                        .filter(kind -> kind.name().equals(service.transport().kind()))
                        .findAny()
                        .map(kind -> runnable(service, kind, otherwise))
                        .orElse(service))
                .toList();
        return new RunnableRules(rules.with(services), otherwise);
    }

    private static Service runnable(Service service, TransportKind kind, List<Issue> otherwise) {
        Map<String, String> taken = new HashMap<>(service.transport().parameters());
        taken.entrySet().removeIf(each -> kind.saysNothing(each.getKey(), each.getValue()));
        if (taken.size() == service.transport().parameters().size()) {
            return service;
        }
        service.transport().parameters().keySet().stream()
                .filter(name -> !taken.containsKey(name))
                .sorted()
                .forEach(name -> otherwise.add(Issue.of(
                        GatewayError.RULES_INVALID,
                        "services[" + service.id() + "].transport.parameters",
                        "found: " + name + ", which says nothing ("
                                + kind.defaults().get(name) + " counts)")));
        return service.with(service.transport().with(taken));
    }
}
