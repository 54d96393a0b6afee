package org.tongmai.routes.engine.bundle.check;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.tongmai.routes.engine.bundle.BundleError;

/** What a bundle may say about an endpoint: a kamelet by name, its parameters, and no address of the real world. */
final class EndpointRules {
    private static final Pattern KAMELET = Pattern.compile("kamelet:([a-z0-9]+(?:-[a-z0-9]+)*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[A-Za-z0-9.-]+}}");
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
    private final Predicate<String> kameletExists;

    EndpointRules(RouteFile file, Predicate<String> kameletExists) {
        this.file = file;
        this.kameletExists = kameletExists;
    }

    /** Checks {@code uri} and {@code parameters}; answers the kamelet's name, or empty when it is none. */
    String check(Node node, Map<String, Node> endpoint) {
        Node uri = endpoint.get("uri");
        if (uri == null) {
            file.violation(BundleError.ROUTE_INVALID, node, "uri is missing");
            return "";
        }
        Node parameters = endpoint.get("parameters");
        if (parameters != null) {
            file.mapping(parameters, "parameters").forEach(this::checkParameter);
        }
        var matcher = KAMELET.matcher(RouteFile.scalar(uri));
        if (!matcher.matches()) {
            String scheme = RouteFile.scalar(uri).replaceAll(":.*", "");
            file.violation(BundleError.ENDPOINT_FORBIDDEN, uri, scheme + ", expected kamelet:<name> and parameters");
            return "";
        }
        String kamelet = matcher.group(1);
        if (!kameletExists.test(kamelet)) {
            file.violation(BundleError.KAMELET_MISSING, uri, kamelet);
        }
        return kamelet;
    }

    private void checkParameter(String key, Node value) {
        String text = RouteFile.scalar(value);
        if (RESERVED.contains(key) || text.startsWith("#") || text.startsWith("RAW")) {
            file.violation(BundleError.ENDPOINT_FORBIDDEN, value, "parameter " + key + " is not the author's to set");
        } else if (REAL_WORLD.matcher(key).matches()
                && !PLACEHOLDER.matcher(text).matches()) {
            file.violation(BundleError.LITERAL_FORBIDDEN, value, key + ", expected a setting: {{name}}");
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
