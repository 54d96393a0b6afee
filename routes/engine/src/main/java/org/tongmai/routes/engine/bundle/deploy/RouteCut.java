package org.tongmai.routes.engine.bundle.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.tongmai.routes.engine.journal.camel.JournalSteps;

/**
 * Cuts a route behind its source. The front of a receiving route is the switch with {@link JournalSteps} around it, that of
 * a delivering route the switch alone. The body has the author's steps. Retry is the sender's when receiving
 * and the destination's queue's when delivering, so no half has an error handler of its own. The Camel routes that
 * kamelets become are named after the half that uses them: {@code <bundle>.<route>.<kamelet>} and
 * {@code <bundle>.<route>@<version>.<kamelet>}.
 */
final class RouteCut {
    private static final Pattern WHOLE_PLACEHOLDER = Pattern.compile("=(\\{\\{[^{}&]*}})(?=&|$)");

    private RouteCut() {}

    /** @param id Camel's id of the front */
    static RouteDefinition receivingFront(RouteDefinition route, String id, Switch toBody) {
        source(route, id);
        route.getInterceptStrategies().add(new ErrorsAsExceptions());
        JournalSteps.around(route, id, List.of(new ProcessDefinition(toBody)));
        return route;
    }

    /** @param id Camel's id of the front, and the name of the destination */
    static RouteDefinition deliveringFront(RouteDefinition route, String id, Switch toBody) {
        source(route, id);
        String uri = route.getInput().getEndpointUri();
        route.getInput().setUri(uri + (uri.contains("?") ? "&" : "?") + "destination=" + id);
        route.addOutput(new ProcessDefinition(toBody));
        return route;
    }

    private static void source(RouteDefinition route, String id) {
        route.setId(id);
        route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        route.getInput().setUri(named(route.getInput().getEndpointUri(), id, new HashMap<>()));
        route.clearOutput();
    }

    /** @param id Camel's id of the body */
    static RouteDefinition body(RouteDefinition route, String id) {
        route.setId(id);
        route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        route.getInterceptStrategies().add(new ErrorsAsExceptions());
        Map<String, Integer> uses = new HashMap<>();
        List<ToDefinition> sinks =
                List.copyOf(ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class));
        sinks.forEach(to -> to.setUri(named(to.getEndpointUri(), id, uses)));
        route.getInput().setUri("direct:" + id);
        return route;
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
