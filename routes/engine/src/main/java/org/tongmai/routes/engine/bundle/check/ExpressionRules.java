package org.tongmai.routes.engine.bundle.check;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.tongmai.routes.engine.bundle.BundleError;

/**
 * What a bundle may compute: constants, and simple expressions over headers, properties and variables. Not beans,
 * types, methods, the environment or scripts, all of which simple can reach.
 */
final class ExpressionRules {
    static final Set<String> LANGUAGES = Set.of("constant", "simple", "header", "exchangeProperty", "variable");

    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{([^}]*)}?");
    private static final Pattern ALLOWED = Pattern.compile(
            "(headers?|exchangeProperty|variable)\\.[A-Za-z0-9_-]+|body|exchangeId|date:now:[A-Za-z0-9_-]+|null|empty");
    private static final Set<String> OPTIONS = Set.of("expression", "resultType", "trim", "id");

    /** Camel converts to any class, and its converters open files and addresses. */
    private static final Set<String> RESULT_TYPES =
            Set.of("java.lang.String", "java.lang.Integer", "java.lang.Long", "java.lang.Boolean");

    private final RouteFile file;
    private final EndpointRules endpoints;

    ExpressionRules(RouteFile file, EndpointRules endpoints) {
        this.file = file;
        this.endpoints = endpoints;
    }

    /** Says whether this key of a step holds its expression. */
    static boolean holds(String key) {
        return key.equals("expression") || LANGUAGES.contains(key);
    }

    void check(String key, Node value) {
        if (key.equals("expression")) {
            file.mapping(value, "expression").forEach(this::checkLanguage);
        } else {
            // Camel reads it; Kaoto and Camel's canonical schema want it written out.
            file.violation(BundleError.ROUTE_INVALID, value, key + ": a short form, expected " + canonical(key));
            checkLanguage(key, value);
        }
    }

    private static String canonical(String language) {
        return "expression: {" + language + ": {expression: …}}";
    }

    private void checkLanguage(String language, Node value) {
        if (!LANGUAGES.contains(language)) {
            file.violation(BundleError.EXPRESSION_FORBIDDEN, value, language + ", expected one of " + LANGUAGES);
            return;
        }
        Node text = value;
        if (value instanceof MappingNode) {
            Map<String, Node> options = file.mapping(value, language);
            options.forEach((option, node) -> {
                if (!OPTIONS.contains(option)) {
                    file.violation(BundleError.EXPRESSION_FORBIDDEN, node, "option " + option);
                } else if (option.equals("resultType") && !RESULT_TYPES.contains(RouteFile.scalar(node))) {
                    file.violation(
                            BundleError.EXPRESSION_FORBIDDEN, node, "resultType, expected one of " + RESULT_TYPES);
                }
            });
            text = options.getOrDefault("expression", value);
        } else {
            file.violation(
                    BundleError.ROUTE_INVALID, value, language + ": a short form, expected " + canonical(language));
        }
        endpoints.checkLiteral(language, text);
        // Camel resolves placeholders first, and then reads what follows "resource:" from wherever it says.
        if (file.resolved(text).strip().toLowerCase(Locale.ROOT).startsWith("resource:")) {
            file.violation(BundleError.EXPRESSION_FORBIDDEN, text, "resource:, expected the expression itself");
        }
        if (language.equals("simple")) {
            checkSimple(text);
        }
    }

    private void checkSimple(Node text) {
        if (RouteFile.scalar(text).contains("{{")) {
            file.violation(BundleError.EXPRESSION_FORBIDDEN, text, "a setting in simple, expected constant");
        }
        Matcher functions = FUNCTION.matcher(RouteFile.scalar(text));
        while (functions.find()) {
            if (!ALLOWED.matcher(functions.group(1)).matches()) {
                file.violation(
                        BundleError.EXPRESSION_FORBIDDEN,
                        text,
                        "a simple function other than header, exchangeProperty, variable, body, date:now");
            }
        }
    }
}
