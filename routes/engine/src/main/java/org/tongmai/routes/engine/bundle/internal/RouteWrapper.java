package org.tongmai.routes.engine.bundle.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.model.language.ExchangePropertyExpression;
import org.tongmai.standards.exchange.ExchangeNames;

/**
 * Puts the engine's own steps around the author's. A receiving route becomes
 *
 * <pre>
 * journal:accept?feed=…            durable, or recognised as seen before
 * filter CamelTongmaiProceed
 *   doTry   the author's steps; journal:settle
 *   doCatch journal:refuse
 * </pre>
 *
 * <p>Retry is the sender's when receiving and the destination's queue's when delivering, so neither kind of route has
 * an error handler of its own. The Camel routes that kamelets become are named after the route that uses them:
 * {@code <bundle>.<route>.<kamelet>}.
 */
final class RouteWrapper {
    private static final Pattern WHOLE_PLACEHOLDER = Pattern.compile("=(\\{\\{[^{}&]*}})(?=&|$)");

    private RouteWrapper() {}

    static RouteDefinition receiving(RouteDefinition route) {
        prepare(route);
        List<ProcessorDefinition<?>> authors = new ArrayList<>(route.getOutputs());
        TryDefinition attempt = new TryDefinition();
        authors.forEach(attempt::addOutput);
        attempt.addOutput(new ToDefinition("journal:settle"));
        CatchDefinition failed = new CatchDefinition(Throwable.class);
        failed.addOutput(new ToDefinition("journal:refuse"));
        attempt.addOutput(failed);
        FilterDefinition proceed = new FilterDefinition(new ExchangePropertyExpression(ExchangeNames.PROCEED));
        proceed.addOutput(attempt);
        route.getInterceptStrategies().add(new ErrorsAsExceptions());
        route.clearOutput();
        route.addOutput(new ToDefinition("journal:accept?feed=" + route.getRouteId()));
        route.addOutput(proceed);
        return route;
    }

    static RouteDefinition delivering(RouteDefinition route) {
        prepare(route);
        String uri = route.getInput().getEndpointUri();
        route.getInput().setUri(uri + (uri.contains("?") ? "&" : "?") + "destination=" + route.getRouteId());
        return route;
    }

    private static void prepare(RouteDefinition route) {
        route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        Map<String, Integer> uses = new HashMap<>();
        String id = route.getRouteId();
        route.getInput().setUri(named(route.getInput().getEndpointUri(), id, uses));
        for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            to.setUri(named(to.getEndpointUri(), id, uses));
        }
    }

    /** {@code kamelet:x?a=b} becomes {@code kamelet:x/<route>.x?a=b}; settings are passed as they are, not decoded. */
    private static String named(String uri, String routeId, Map<String, Integer> uses) {
        int query = uri.indexOf('?');
        String kamelet = query < 0 ? uri : uri.substring(0, query);
        String name = kamelet.substring(kamelet.indexOf(':') + 1);
        int use = uses.merge(name, 1, Integer::sum);
        String suffix = use == 1 ? "" : "." + use;
        String parameters = query < 0 ? "" : uri.substring(query);
        return kamelet + "/" + routeId + "." + name + suffix
                + WHOLE_PLACEHOLDER.matcher(parameters).replaceAll("=RAW($1)");
    }
}
