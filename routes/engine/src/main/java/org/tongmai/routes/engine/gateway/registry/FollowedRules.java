package org.tongmai.routes.engine.gateway.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Rules as a node can take them up. What was published was right for who published it; a node of another version may see it
 * otherwise, and does without what it can not take instead of without all.
 *
 * @param rules what is taken up; a service that is withheld has its id, its doors and its path, and nothing else
 * @param withheld services whose calls are refused, and why
 * @param leftOut why applications and listeners are not there
 */
record FollowedRules(RuleSet rules, Map<String, List<Issue>> withheld, List<Issue> leftOut) {
    private static final Pattern PLACE = Pattern.compile("(services|applications|listeners)\\[([^]]+)].*");

    /** All of them: nothing is wrong with any. */
    static FollowedRules whole(RuleSet rules) {
        return new FollowedRules(rules, Map.of(), List.of());
    }

    /**
     * @param violations of the rules
     * @throws CodedException where one is of neither a service nor an application or listener
     */
    static FollowedRules of(RuleSet rules, List<Issue> violations) {
        Map<String, List<Issue>> withheld = new HashMap<>();
        Set<String> away = new HashSet<>();
        List<Issue> leftOut = new ArrayList<>();
        for (Issue violation : violations) {
            Matcher place = PLACE.matcher(violation.location());
            if (!place.matches()) {
                throw new CodedException(violations, null);
            }
            if (place.group(1).equals("services")) {
                withheld.computeIfAbsent(place.group(2), first -> new ArrayList<>())
                        .add(violation);
            } else {
                away.add(place.group(1) + place.group(2));
                leftOut.add(violation);
            }
        }
        return new FollowedRules(without(rules, withheld.keySet(), away), withheld, leftOut);
    }

    /** @param away kinds and ids of applications and listeners; a listener goes with its application */
    private static RuleSet without(RuleSet rules, Set<String> withheld, Set<String> away) {
        return new RuleSet(
                rules.services().stream()
                        .map(each -> withheld.contains(each.id()) ? bare(each) : each)
                        .toList(),
                rules.groups(),
                rules.callers(),
                rules.applications().stream()
                        .filter(each -> !away.contains("applications" + each.id()))
                        .toList(),
                rules.identityProviders(),
                rules.listeners().stream()
                        .filter(each -> !away.contains("listeners" + each.id())
                                && !away.contains("applications" + each.application()))
                        .toList(),
                rules.domains(),
                rules.serviceDomains(),
                rules.nodes());
    }

    private static Service bare(Service service) {
        return new Service(
                service.id(),
                service.title(),
                service.domain(),
                service.state(),
                service.gateways(),
                service.methods(),
                service.path(),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
