package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Adds and removes routes. Each kamelet a route uses is a Camel route of its own, named after it; removing begins at the
 * listener, so it never hands over to a route that is not there.
 */
record CamelRoutes(CamelContext context, BundleSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(CamelRoutes.class);

    /** How long a stop waits for what is in flight: decisions about other bundles wait for it too. */
    private static final long PATIENCE_SECONDS = 5;

    /** What {@link RouteCut} names a kamelet of a route: its kind ends its name, a number may follow. */
    private static final Pattern PART = Pattern.compile("\\.[a-z0-9-]+-(source|sink|action)(\\.\\d+)?");

    /** @throws CodedException {@link BundleError#START_FAILED}; then nothing of the route is left */
    AsyncProcessor start(RouteDefinition route) {
        String id = route.getRouteId();
        try {
            ((ModelCamelContext) context).addRouteDefinition(route);
            return AsyncProcessorConverterHelper.convert(context.getRoute(id).getProcessor());
        } catch (Exception e) { // whatever a component throws at start
            LOG.debug("route {} did not start", id, e);
            remove(id);
            throw new CodedException(Issue.of(BundleError.START_FAILED, id, cause(e)), e);
        }
    }

    void remove(String id) {
        inOrder(id).forEach(this::removeOne);
    }

    /** Leaves it where it is: where the context goes next, taking thousands of routes out one by one would take minutes. */
    void stop(String id) {
        inOrder(id).forEach(this::stopOne);
    }

    /** Of the route its source kamelet first, then the route itself, then its sinks. */
    private List<String> inOrder(String id) {
        List<String> parts = new ArrayList<>(context.getRoutes().stream()
                .map(Route::getId)
                .filter(other -> isPartOf(id, other))
                .sorted(Comparator.comparing((String part) -> !part.contains("-source")))
                .toList());
        long sources = parts.stream().filter(part -> part.contains("-source")).count();
        parts.add((int) sources, id);
        return parts;
    }

    /** A kamelet's route; another version, or another tenant's route, may have a name that begins alike. */
    private static boolean isPartOf(String id, String other) {
        return other.startsWith(id + ".")
                && PART.matcher(other.substring(id.length())).matches();
    }

    private void stopOne(String id) {
        try {
            if (context.getRoute(id) != null) {
                context.getRouteController().stopRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (Exception e) { // Camel declares Exception; the others must be stopped all the same
            LOG.warn("route {} did not stop cleanly: {}", id, e.toString());
        }
    }

    private void removeOne(String id) {
        try {
            if (context.getRoute(id) != null) {
                context.getRouteController().stopRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS);
                context.removeRoute(id);
            }
            ModelCamelContext model = (ModelCamelContext) context;
            RouteDefinition left = model.getRouteDefinition(id);
            if (left != null) {
                model.removeRouteDefinition(left);
            }
        } catch (Exception e) { // Camel declares Exception; the others must be removed all the same
            LOG.warn("route {} did not stop cleanly: {}", id, e.toString());
        }
    }

    private static String cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return cause.getClass().getSimpleName() + ": " + message;
    }
}
