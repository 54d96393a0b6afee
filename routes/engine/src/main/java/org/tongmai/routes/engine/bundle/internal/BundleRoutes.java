package org.tongmai.routes.engine.bundle.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundle.State;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.check.CheckedRoute;
import org.tongmai.routes.engine.bundle.check.Manifest;
import org.tongmai.standards.error.Issue;

/**
 * The running routes of one bundle. Each kamelet a route uses is a Camel route of its own, named after it; stopping
 * begins at the listener and starting ends with it, so a listener never hands over to a route that is not there.
 */
public final class BundleRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(BundleRoutes.class);

    private final CamelContext context;
    private final BundlePlan plan;
    private final List<RouteDefinition> delivering;
    private final List<RouteDefinition> receiving;
    private volatile State state;
    private volatile List<Issue> failure = List.of();

    public BundleRoutes(CamelContext context, BundlePlan plan) {
        this.context = context;
        this.plan = plan;
        this.delivering = definitions(plan.delivering(), RouteWrapper::delivering);
        this.receiving = definitions(plan.receiving(), RouteWrapper::receiving);
        this.state = plan.refused() ? State.REFUSED : State.STOPPED;
    }

    private List<RouteDefinition> definitions(List<CheckedRoute> routes, UnaryOperator<RouteDefinition> wrapper) {
        if (plan.refused()) {
            return List.of();
        }
        return routes.stream()
                .map(route -> wrapper.apply(route.definition(context, BundleSettings.prefix(plan.id()))))
                .toList();
    }

    /** First half of a start. Does nothing for a refused or a running bundle. */
    public void startDelivering() {
        if (state == State.STOPPED || state == State.FAILED) {
            failure = List.of();
            state = State.RUNNING;
            start(delivering);
        }
    }

    /** Second half of a start; skipped when the first failed. */
    public void startReceiving() {
        if (state == State.RUNNING) {
            start(receiving);
        }
    }

    public void stop() {
        if (state == State.RUNNING) {
            remove();
            state = State.STOPPED;
        }
    }

    public RouteBundle status() {
        List<String> ids = Stream.concat(delivering.stream(), receiving.stream())
                .map(RouteDefinition::getRouteId)
                .toList();
        List<Issue> violations = plan.refused() ? plan.violations() : failure;
        Manifest manifest = plan.manifest();
        return new RouteBundle(
                plan.id(), manifest.version(), manifest.title(), manifest.description(), state, ids, violations);
    }

    private void start(List<RouteDefinition> routes) {
        for (RouteDefinition route : routes) {
            try {
                if (context.getRoute(route.getRouteId()) == null) {
                    ((ModelCamelContext) context).addRouteDefinition(route);
                }
            } catch (Exception e) { // whatever a component throws at start; the neighbours go on
                LOG.debug("route {} did not start", route.getRouteId(), e);
                String message = String.valueOf(rootCause(e).getMessage())
                        .lines()
                        .findFirst()
                        .orElse("");
                String detail = rootCause(e).getClass().getSimpleName() + ": " + message;
                failure = List.of(Issue.of(BundleError.START_FAILED, route.getRouteId(), detail));
                remove();
                state = State.FAILED;
                return;
            }
        }
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Receiving routes first, and of each route its source kamelet before the route itself. */
    private void remove() {
        List<RouteDefinition> routes = new ArrayList<>(receiving);
        routes.addAll(delivering);
        for (RouteDefinition route : routes) {
            String id = route.getRouteId();
            List<String> parts = new ArrayList<>(context.getRoutes().stream()
                    .map(Route::getId)
                    .filter(other -> other.startsWith(id + "."))
                    .toList());
            // the source kamelet listens: it goes first; the sinks go after the route that uses them
            Collections.sort(parts, (a, b) -> Boolean.compare(b.contains("-source"), a.contains("-source")));
            long sources =
                    parts.stream().filter(part -> part.contains("-source")).count();
            parts.add((int) sources, id);
            parts.forEach(this::removeRoute);
        }
    }

    private void removeRoute(String id) {
        try {
            if (context.getRoute(id) != null) {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            }
        } catch (Exception e) { // Camel declares Exception; the others must be stopped all the same
            LOG.warn("route {} did not stop cleanly: {}", id, e.toString());
        }
    }
}
