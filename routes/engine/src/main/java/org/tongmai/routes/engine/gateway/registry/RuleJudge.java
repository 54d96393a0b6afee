package org.tongmai.routes.engine.gateway.registry;

import java.util.List;
import java.util.stream.Stream;
import org.tongmai.routes.engine.gateway.rules.PublicationCheck;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.RunnableRules;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.standards.error.Issue;

/** Holds rules against what this node is, and has: strictly for who publishes, and for a node that follows as far as it must. */
record RuleJudge(GatewayRegistry.Routes routes, GatewayRegistry.Place place) {
    /** What is wrong with rules that are to be published here, for the first time or again. */
    List<Issue> ofPublication(RuleSet rules) {
        List<Issue> found = PublicationCheck.violations(rules, kinds(), listeners(), place.doors());
        return Stream.concat(found.stream(), withoutRoom(rules)).toList();
    }

    /** What of rules that are in force is taken up here, and why what is not. */
    FollowedRules followed(RuleSet inForce) {
        RunnableRules runnable = RunnableRules.of(inForce, kinds());
        RuleSet rules = runnable.rules();
        Stream<Issue> unfit = RuleCheck.violations(rules, kinds(), listeners()).stream();
        Stream<Issue> narrowed = place.doors().violations(servedHere(rules)).stream();
        return FollowedRules.of(rules, Stream.concat(unfit, withoutRoom(rules)).toList())
                .besides(Stream.concat(runnable.otherwise().stream(), narrowed).toList());
    }

    private Stream<Issue> withoutRoom(RuleSet rules) {
        return routes.room().violations(servedHere(rules)).stream();
    }

    private List<Service> servedHere(RuleSet rules) {
        GatewayRegistry.Place here = place.under(rules.nodes());
        return rules.services().stream().filter(here::serves).toList();
    }

    private List<TransportKind> kinds() {
        return routes.services().kinds();
    }

    private List<TransportKind> listeners() {
        return routes.listeners().kinds();
    }
}
