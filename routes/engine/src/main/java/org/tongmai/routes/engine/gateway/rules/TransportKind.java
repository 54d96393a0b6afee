package org.tongmai.routes.engine.gateway.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A kind of transport there is, as its route template says.
 *
 * @param name what rules call it by
 * @param required parameters that have no default
 * @param defaults the default of each of the others; it says what may stand in its place as well
 */
public record TransportKind(String name, Set<String> required, Map<String, String> defaults) {
    private static final String TARGET = "url";
    /** Set by the gateway, or by the template alone. */
    private static final Set<String> NOT_FOR_RULES = Set.of("entry", TARGET, "threads", "waiting", "waitsWhen");

    private static final List<String> FLAGS = List.of("true", "false");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern TIME = Pattern.compile("[1-9][0-9]{0,5}(ms|[smhd])");

    public TransportKind {
        required = Set.copyOf(required);
        defaults = Map.copyOf(defaults);
    }

    /** Whether rules may set it. */
    public boolean takes(String parameter) {
        return (required.contains(parameter) || defaults.containsKey(parameter)) && !NOT_FOR_RULES.contains(parameter);
    }

    /** Those that rules must set. */
    Set<String> requiredOfRules() {
        Set<String> ofRules = new HashSet<>(required);
        ofRules.removeAll(NOT_FOR_RULES);
        return ofRules;
    }

    /** Those a parameter takes; empty where its default says of none. */
    public List<String> values(String parameter) {
        return FLAGS.contains(defaults.getOrDefault(parameter, "")) ? FLAGS : List.of();
    }

    /** What is expected where a value is not like the default; empty where it is, or the default says nothing. */
    Optional<String> expected(String parameter, String value) {
        List<String> values = values(parameter);
        if (!values.isEmpty() && !values.contains(value)) {
            return Optional.of(String.join(" or ", values));
        }
        String usual = defaults.getOrDefault(parameter, "");
        if (NUMBER.matcher(usual).matches() && !NUMBER.matcher(value).matches()) {
            return Optional.of("a whole number from 1 on");
        }
        return Optional.empty();
    }

    /** Whether it is how long something may take, as its default is. */
    boolean isTime(String parameter) {
        return TIME.matcher(defaults.getOrDefault(parameter, "")).matches();
    }

    /** Whether it goes to one of several targets, which can be chosen, asked and copied to. */
    public boolean hasTargets() {
        return required.contains(TARGET) || defaults.containsKey(TARGET);
    }
}
