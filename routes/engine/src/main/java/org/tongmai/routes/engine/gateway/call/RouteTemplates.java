package org.tongmai.routes.engine.gateway.call;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.TransportTemplate;
import org.tongmai.routes.engine.gateway.TransportTemplate.Destination;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.exchange.Drainable;

/** Camel's route templates whose names begin alike, and routes made of them. */
final class RouteTemplates {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTemplates.class);
    /** For what is on its last steps: calls were waited for before, for Camel waits under a lock that every start takes. */
    private static final long PATIENCE_SECONDS = 1;

    private final CamelContext context;
    private final String prefix;

    /** @param prefix of the templates' names; a kind follows */
    RouteTemplates(CamelContext context, String prefix) {
        this.context = context;
        this.prefix = prefix;
    }

    /** The kinds there are. */
    List<TransportKind> kinds() {
        return templates().map(this::kind).toList();
    }

    /** The same for people, by name. */
    List<TransportTemplate> described() {
        return templates()
                .map(this::described)
                .sorted(Comparator.comparing(TransportTemplate::kind))
                .toList();
    }

    private Stream<RouteTemplateDefinition> templates() {
        return ((ModelCamelContext) context)
                .getRouteTemplateDefinitions().stream()
                        .filter(template -> template.getId().startsWith(prefix));
    }

    private TransportTemplate described(RouteTemplateDefinition template) {
        TransportKind kind = kind(template);
        List<TransportTemplate.Parameter> parameters = template.getTemplateParameters().stream()
                .filter(parameter -> kind.takes(parameter.getName()))
                .map(parameter -> new TransportTemplate.Parameter(
                        parameter.getName(),
                        text(parameter.getDescription()),
                        kind.defaults().get(parameter.getName()),
                        kind.values(parameter.getName())))
                .toList();
        return new TransportTemplate(
                kind.name(),
                text(template.getDescription()),
                kind.hasTargets() ? Destination.TARGETS : Destination.PARAMETERS,
                parameters);
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    private TransportKind kind(RouteTemplateDefinition template) {
        Set<String> required = new HashSet<>();
        Map<String, String> defaults = new HashMap<>();
        for (RouteTemplateParameterDefinition parameter : template.getTemplateParameters()) {
            if (parameter.getDefaultValue() == null) {
                required.add(parameter.getName());
            } else {
                defaults.put(parameter.getName(), parameter.getDefaultValue());
            }
        }
        return new TransportKind(template.getId().substring(prefix.length()), required, defaults);
    }

    /** The parameters of a kind and what they are where nobody says; empty for those that must be said. */
    Map<String, String> defaults(String kind) {
        Map<String, String> defaults = new TreeMap<>();
        ((ModelCamelContext) context)
                .getRouteTemplateDefinition(prefix + kind)
                .getTemplateParameters()
                .forEach(each ->
                        defaults.put(each.getName(), each.getDefaultValue() == null ? "" : each.getDefaultValue()));
        return defaults;
    }

    /**
     * Starts a route.
     *
     * @param name of the route, and its parameter {@code entry}
     * @throws Exception whatever a component throws at start; what is left of the route then is to be removed
     */
    void start(String name, String kind, Map<String, String> parameters) throws Exception {
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, prefix + kind)
                .routeId(name)
                .parameter("entry", name);
        parameters.forEach(route::parameter);
        route.add();
    }

    /** Has what takes messages in for a route take nothing more; completes when what it has under way is answered. */
    CompletableFuture<Void> drained(String name) {
        return CompletableFuture.allOf(context.getRoutes().stream()
                .filter(route -> isPartOf(name, route.getId()))
                .flatMap(route -> route.getServices().stream())
                .filter(Drainable.class::isInstance)
                .map(each -> ((Drainable) each).drain().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** Whether nothing is under way in a route, also nothing whose sender has gone. */
    boolean isQuiet(String name) {
        return context.getRoutes().stream()
                .map(Route::getId)
                .filter(id -> isPartOf(name, id))
                .allMatch(id -> context.getInflightRepository().size(id) == 0);
    }

    private static boolean isPartOf(String name, String id) {
        return id.equals(name) || id.startsWith(name + ".");
    }

    /** Removes a route that has nothing under way, and what belongs to it; answers whether it is gone. */
    boolean remove(String name) {
        try {
            ModelCamelContext model = (ModelCamelContext) context;
            for (String id : context.getRoutes().stream()
                    .map(Route::getId)
                    .filter(id -> isPartOf(name, id))
                    .toList()) {
                context.getRouteController().stopRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS);
                context.removeRoute(id);
            }
            if (model.getRouteDefinition(name) != null) {
                model.removeRouteDefinition(model.getRouteDefinition(name));
            }
            return true;
        } catch (Exception e) { // Camel declares Exception; the next publication must be possible all the same
            LOG.warn("route {} did not stop cleanly: {}", name, FailureFacts.place(e));
            return false;
        }
    }
}
