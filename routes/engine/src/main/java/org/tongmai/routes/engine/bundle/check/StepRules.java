package org.tongmai.routes.engine.bundle.check;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.tongmai.routes.engine.bundle.BundleError;

/** The steps a bundle may use, with the options it may give them. What is not in the table is refused. */
final class StepRules {
    /** Headers that direct components: where a file goes, which address is called. Case does not matter to Camel. */
    private static final Pattern RESERVED_NAMES = Pattern.compile("(?i)(camel|org\\.apache\\.camel).*");

    /** Neither a placeholder, which could become a reserved name, nor {@code global:}, which all bundles share. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    static final Map<String, Set<String>> OPTIONS = Map.ofEntries(
            Map.entry("to", Set.of("uri", "parameters")),
            Map.entry("transformDataType", Set.of("fromType", "toType")),
            Map.entry("filter", Set.of("steps")),
            Map.entry("choice", Set.of("when", "otherwise")),
            Map.entry("when", Set.of("steps")),
            Map.entry("otherwise", Set.of("steps")),
            Map.entry("split", Set.of("steps", "delimiter", "stopOnException")),
            Map.entry("setHeader", Set.of("name")),
            Map.entry("setProperty", Set.of("name")),
            Map.entry("setVariable", Set.of("name")),
            Map.entry("removeHeader", Set.of("name")),
            Map.entry("removeProperty", Set.of("name")),
            Map.entry("removeVariable", Set.of("name")),
            Map.entry("throttle", Set.of("timePeriodMillis")),
            Map.entry("stop", Set.of()));
    private static final Set<String> EVERYWHERE = Set.of("id", "description", "note");
    static final Set<String> COMPUTING =
            Set.of("filter", "when", "split", "setHeader", "setProperty", "setVariable", "throttle");

    private final RouteFile file;
    private final EndpointRules endpoints;
    private final ExpressionRules expressions;

    StepRules(RouteFile file, EndpointRules endpoints) {
        this.file = file;
        this.endpoints = endpoints;
        this.expressions = new ExpressionRules(file, endpoints);
    }

    void checkSteps(Node steps) {
        for (Node step : file.sequence(steps, "steps")) {
            file.mapping(step, "step").forEach(this::checkStep);
        }
    }

    private void checkStep(String name, Node step) {
        if (!OPTIONS.containsKey(name) || name.equals("when") || name.equals("otherwise")) {
            file.violation(BundleError.STEP_FORBIDDEN, step, name);
            return;
        }
        checkOptions(name, step);
    }

    private void checkOptions(String name, Node step) {
        Map<String, Node> options = file.mapping(step, name);
        if (name.equals("to")) {
            endpoints.checkTo(step, options);
        }
        options.forEach((option, value) -> {
            if (COMPUTING.contains(name) && ExpressionRules.holds(option)) {
                expressions.check(option, value);
            } else if (OPTIONS.get(name).contains(option)) {
                checkOption(option, value);
            } else if (!EVERYWHERE.contains(option)) {
                file.violation(BundleError.STEP_FORBIDDEN, value, name + ": option " + option);
            }
        });
    }

    private void checkOption(String option, Node value) {
        switch (option) {
            case "steps" -> checkSteps(value);
            case "when" -> file.sequence(value, "when").forEach(when -> checkOptions("when", when));
            case "otherwise" -> checkOptions("otherwise", value);
            case "name" -> {
                String name = RouteFile.scalar(value);
                if (RESERVED_NAMES.matcher(name).matches()
                        || !PLAIN_NAME.matcher(name).matches()) {
                    file.violation(BundleError.STEP_FORBIDDEN, value, "name, expected a plain one without Camel");
                }
            }
            default -> {
                // uri and parameters are checked as an endpoint; the others are plain options
            }
        }
    }
}
