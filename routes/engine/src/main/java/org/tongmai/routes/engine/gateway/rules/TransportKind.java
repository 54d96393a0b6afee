package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
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
    private static final Pattern NO_NUMBER_ABOVE_0 = Pattern.compile("0*|-[0-9]+");
    private static final String PORT = "port";
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofDays(1);

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

    /** What is expected where a value is no flag and the default is one; so with the others that follow. */
    Optional<String> expectedFlag(String parameter, String value) {
        List<String> values = values(parameter);
        return values.isEmpty() || values.contains(value) ? Optional.empty() : Optional.of(String.join(" or ", values));
    }

    Optional<String> expectedNumber(String parameter, String value) {
        boolean kept = !isNumber(parameter) || isUpTo(Integer.MAX_VALUE, value);
        return kept ? Optional.empty() : Optional.of("a whole number from 1 on");
    }

    private static boolean isUpTo(int most, String value) {
        return NUMBER.matcher(value).matches() && Long.parseLong(value) <= most;
    }

    private Optional<String> expectedTime(String parameter, String value) {
        boolean kept = !isTime(parameter)
                || TimeText.of(value)
                        .filter(time -> !time.isZero() && time.compareTo(LONGEST) <= 0)
                        .isPresent();
        return kept ? Optional.empty() : Optional.of("a time from 1ms to 1d, like 500ms or 30s");
    }

    /** Of a number, a time or a port, which is one by its name: there may be no default. */
    Optional<String> expectedAmount(String parameter, String value) {
        if (parameter.equals(PORT) && takes(parameter) && !value.isBlank()) {
            return isUpTo(HIGHEST_PORT, value) ? Optional.empty() : Optional.of("1 to " + HIGHEST_PORT);
        }
        return expectedNumber(parameter, value).or(() -> expectedTime(parameter, value));
    }

    /** Whether it is to be a number or a time, and its value is nothing, or is read so. */
    boolean saysNothing(String parameter, String value) {
        return isNumber(parameter) && NO_NUMBER_ABOVE_0.matcher(value.strip()).matches()
                || isTime(parameter)
                        && TimeText.of(value).filter(time -> !time.isZero()).isEmpty();
    }

    private boolean isNumber(String parameter) {
        return takes(parameter)
                && NUMBER.matcher(defaults.getOrDefault(parameter, "")).matches();
    }

    /** Whether it is how long something may take, as its default is. */
    private boolean isTime(String parameter) {
        return takes(parameter)
                && TIME.matcher(defaults.getOrDefault(parameter, "")).matches();
    }

    /** Whether it goes to one of several targets, which can be chosen, asked and copied to. */
    public boolean hasTargets() {
        return required.contains(TARGET) || defaults.containsKey(TARGET);
    }
}
