package org.tongmai.routes.engine.bundle.deploy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.RouteDefinition;
import org.tongmai.routes.engine.bundle.check.CheckedRoute;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The stable half of a route: its source and the engine's steps. Outlives versions whose source is the same. */
final class Front {
    private static final Pattern PORT = Pattern.compile("[?&]port=(?:RAW\\()?([0-9]+)");

    private final CamelRoutes camel;
    private final String id;
    private final Plan plan;
    private final CheckedRoute route;
    private final String source;
    private final Switch toBody;

    /**
     * @param id Camel's id
     * @param plan the version whose source it has
     */
    Front(CamelRoutes camel, String id, Plan plan, Switch toBody) {
        this.camel = camel;
        this.id = id;
        this.plan = plan;
        this.route = plan.routes().get(id);
        this.source = plan.source(route);
        this.toBody = toBody;
    }

    boolean delivers() {
        return route.delivers();
    }

    boolean hasTheSourceOf(Front other) {
        return source.equals(other.source) && delivers() == other.delivers();
    }

    /** @throws org.tongmai.standards.error.CodedException when it can not be started; then nothing of it is left */
    void start() {
        camel.settings().put(id, plan.checked().settings());
        try {
            RouteDefinition definition = route.definition(camel.context(), BundleSettings.prefix(id));
            camel.start(
                    delivers()
                            ? RouteCut.deliveringFront(definition, id, toBody)
                            : RouteCut.receivingFront(definition, id, toBody));
        } catch (RuntimeException e) { // also what nobody has foreseen
            camel.settings().remove(id);
            throw new CodedException(withPort(Unforeseen.issues(e).get(0)), e);
        }
    }

    private Issue withPort(Issue issue) {
        Matcher port = PORT.matcher(source);
        String detail = port.find() ? "port " + port.group(1) + ": " + issue.detail() : issue.detail();
        return new Issue(issue.code(), issue.severity(), issue.location(), detail);
    }

    /** Ends with the last message that came in by it, and with the Camel context what is left of it. */
    void halt() {
        camel.stop(id);
    }

    /** Ends with the last message that came in by it. */
    void stop() {
        camel.remove(id);
        camel.settings().remove(id);
    }
}
