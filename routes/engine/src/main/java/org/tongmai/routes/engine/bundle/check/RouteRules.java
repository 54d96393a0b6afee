package org.tongmai.routes.engine.bundle.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.Node;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.Issue;

/** Checks one route file against the rules of the house and answers what the engine must know of it. */
final class RouteRules {
    /** The kamelet a delivering route starts from. */
    static final String SUBSCRIBE = "canonical-subscribe-source";

    private static final Set<String> ROUTE_KEYS = Set.of("id", "description", "note", "from");
    private static final Set<String> FROM_KEYS = Set.of("uri", "parameters", "steps", "id", "description", "note");

    private final String bundle;
    private final Predicate<String> settingDeclared;
    private final Kamelets kamelets;

    RouteRules(String bundle, Predicate<String> settingDeclared, Kamelets kamelets) {
        this.bundle = bundle;
        this.settingDeclared = settingDeclared;
        this.kamelets = kamelets;
    }

    /** What a route says of itself; topic and format as written, empty unless it delivers. */
    record Declared(String routeId, String kamelet, String topic, String format) {
        boolean delivers() {
            return kamelet.equals(SUBSCRIBE);
        }
    }

    Optional<Declared> check(RouteFile file, List<Issue> violations) {
        return file.tree().flatMap(root -> {
            new PlaceholderRules(file, settingDeclared).check(root);
            List<Node> routes = file.sequence(root, "file");
            if (routes.size() != 1) {
                file.violation(BundleError.ROUTE_INVALID, root, routes.size() + " entries, expected one route");
                return Optional.empty();
            }
            Map<String, Node> entry = file.mapping(routes.get(0), "entry");
            if (!entry.keySet().equals(Set.of("route"))) {
                file.violation(BundleError.ROUTE_INVALID, root, entry.keySet() + ", expected route");
                return Optional.empty();
            }
            return checkRoute(file, entry.get("route"));
        });
    }

    private Optional<Declared> checkRoute(RouteFile file, Node node) {
        Map<String, Node> route = file.mapping(node, "route");
        onlyKeys(file, "route", route, ROUTE_KEYS);
        String expected = bundle + "." + file.shortId();
        String id = route.containsKey("id") ? RouteFile.scalar(route.get("id")) : "";
        if (!id.equals(expected)) {
            file.violation(BundleError.ROUTE_INVALID, node, "id: " + id + ", expected " + expected);
        }
        if (!route.containsKey("description")
                || RouteFile.scalar(route.get("description")).isBlank()) {
            file.violation(BundleError.ROUTE_INVALID, node, "description is missing");
        }
        if (!route.containsKey("from")) {
            file.violation(BundleError.ROUTE_INVALID, node, "from is missing");
            return Optional.empty();
        }
        return checkFrom(file, expected, route.get("from"));
    }

    private Optional<Declared> checkFrom(RouteFile file, String routeId, Node node) {
        Map<String, Node> from = file.mapping(node, "from");
        onlyKeys(file, "from", from, FROM_KEYS);
        EndpointRules endpoints = new EndpointRules(file, kamelets);
        String kamelet = endpoints.checkFrom(node, from);
        if (!from.containsKey("steps")) {
            file.violation(BundleError.ROUTE_INVALID, node, "steps are missing");
        } else {
            new StepRules(file, endpoints).checkSteps(from.get("steps"));
        }
        if (!kamelet.equals(SUBSCRIBE)) {
            return Optional.of(new Declared(routeId, kamelet, "", ""));
        }
        Node parameters = from.get("parameters");
        Map<String, Node> given = parameters == null ? Map.of() : file.mapping(parameters, "parameters");
        Node topic = given.get("topic");
        if (topic == null || RouteFile.scalar(topic).isBlank()) {
            file.violation(BundleError.ROUTE_INVALID, node, "topic is missing");
            return Optional.empty();
        }
        return Optional.of(new Declared(
                routeId,
                kamelet,
                RouteFile.scalar(topic),
                given.containsKey("format") ? RouteFile.scalar(given.get("format")) : ""));
    }

    private static void onlyKeys(RouteFile file, String what, Map<String, Node> found, Set<String> allowed) {
        found.forEach((key, value) -> {
            if (!allowed.contains(key)) {
                file.violation(BundleError.STEP_FORBIDDEN, value, what + ": option " + key);
            }
        });
    }
}
