package org.tongmai.routes.engine.bundle.check;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.tongmai.routes.engine.bundle.BundleError;

/** What a bundle may say about an endpoint: a kamelet by name, its parameters, and no address of the real world. */
final class EndpointRules {
    private static final Pattern KAMELET = Pattern.compile("kamelet:([a-z0-9]+(?:-[a-z0-9]+)*)");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final String SOURCE = "-source";
    private static final Pattern ADDRESS =
            Pattern.compile("(?i).*(://|\\blocalhost\\b|\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b).*");
    private static final Pattern REAL_WORLD = Pattern.compile(
            "(?i).*(host|hostname|address|addresses|url|uri|user|username|password|passphrase|secret|token)");

    /** Options of Camel's kamelet endpoint, and what the engine sets itself: not the author's. */
    private static final Set<String> RESERVED = Set.of(
            "location",
            "templateId",
            "routeId",
            "uuid",
            "noErrorHandler",
            "kameletProperties",
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "lazyStartProducer",
            "block",
            "timeout",
            "destination");

    private final RouteFile file;
    private final Kamelets kamelets;

    EndpointRules(RouteFile file, Kamelets kamelets) {
        this.file = file;
        this.kamelets = kamelets;
    }

    /** Checks where a route comes from; answers the kamelet's name, or empty when it is none. */
    String checkFrom(Node node, Map<String, Node> endpoint) {
        String kamelet = check(node, endpoint);
        if (!kamelet.isEmpty() && !kamelet.endsWith(SOURCE)) {
            file.violation(BundleError.ENDPOINT_FORBIDDEN, endpoint.get("uri"), kamelet + ", expected a source");
        }
        return kamelet;
    }

    /** Checks where a step leads to. */
    void checkTo(Node node, Map<String, Node> endpoint) {
        if (check(node, endpoint).endsWith(SOURCE)) {
            file.violation(BundleError.ENDPOINT_FORBIDDEN, endpoint.get("uri"), "expected a sink or an action");
        }
    }

    private String check(Node node, Map<String, Node> endpoint) {
        Node uri = endpoint.get("uri");
        if (uri == null) {
            file.violation(BundleError.ROUTE_INVALID, node, "uri is missing");
            return "";
        }
        Map<String, Node> parameters =
                endpoint.containsKey("parameters") ? file.mapping(endpoint.get("parameters"), "parameters") : Map.of();
        parameters.forEach(this::checkParameter);
        var matcher = KAMELET.matcher(RouteFile.scalar(uri));
        if (!matcher.matches()) {
            String scheme = RouteFile.scalar(uri).replaceAll(":.*", "");
            file.violation(BundleError.ENDPOINT_FORBIDDEN, uri, scheme + ", expected kamelet:<name> and parameters");
            return "";
        }
        String kamelet = matcher.group(1);
        kamelets.find(kamelet)
                .ifPresentOrElse(
                        found -> checkAgainst(found, uri, parameters),
                        () -> file.violation(BundleError.KAMELET_MISSING, uri, kamelet));
        return kamelet;
    }

    private void checkAgainst(Kamelets.Kamelet kamelet, Node uri, Map<String, Node> given) {
        given.forEach((name, value) -> {
            String type = kamelet.parameters().get(name);
            String text = RouteFile.scalar(value);
            if (type == null) {
                file.violation(BundleError.PARAMETER_WRONG, value, name + " is not a parameter of this kamelet");
            } else if (type.equals("integer")
                    && !Placeholders.isOne(text)
                    && !INTEGER.matcher(text).matches()) {
                file.violation(BundleError.PARAMETER_WRONG, value, name + ", expected an integer");
            }
        });
        for (String name : kamelet.required()) {
            if (!given.containsKey(name)) {
                file.violation(BundleError.PARAMETER_WRONG, uri, name + " is missing");
            }
        }
    }

    private void checkParameter(String key, Node value) {
        String text = RouteFile.scalar(value);
        if (RESERVED.contains(key) || text.startsWith("#") || text.startsWith("RAW")) {
            file.violation(BundleError.ENDPOINT_FORBIDDEN, value, "parameter " + key + " is not the author's to set");
        } else if (REAL_WORLD.matcher(key).matches() && !Placeholders.isOne(text)) {
            file.violation(BundleError.LITERAL_FORBIDDEN, value, key + ", expected a setting: {{name}}");
        } else if (!(value instanceof ScalarNode)) {
            file.violation(BundleError.PARAMETER_WRONG, value, key + ", expected a text or number");
        } else if (text.contains("{{") && !Placeholders.isOne(text) || text.indexOf('&') >= 0) {
            // Only a whole value is handed over as it is; a part of one could bring parameters of its own.
            file.violation(BundleError.PARAMETER_WRONG, value, key + ", expected a plain text or one {{name}}");
        } else {
            checkLiteral(key, value);
        }
    }

    /** Refuses what looks like an address wherever it stands. */
    void checkLiteral(String key, Node value) {
        if (ADDRESS.matcher(RouteFile.scalar(value)).matches()) {
            file.violation(BundleError.LITERAL_FORBIDDEN, value, key + ", expected a setting: {{name}}");
        }
    }
}
