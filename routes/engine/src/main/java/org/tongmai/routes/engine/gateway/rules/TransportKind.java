package org.tongmai.routes.engine.gateway.rules;

import java.util.Set;

/**
 * A kind of transport there is, as its route template says.
 *
 * @param name what rules call it by
 * @param parameters all the template has
 * @param required those without a default
 * @param flags those whose default is {@code true} or {@code false}: they take nothing else
 */
public record TransportKind(String name, Set<String> parameters, Set<String> required, Set<String> flags) {
    private static final String TARGET = "url";
    /** Set by the gateway, or by the template alone. */
    private static final Set<String> NOT_FOR_RULES = Set.of("entry", TARGET, "threads", "waiting", "waitsWhen");

    public TransportKind {
        parameters = Set.copyOf(parameters);
        required = Set.copyOf(required);
        flags = Set.copyOf(flags);
    }

    /** Whether rules may set it. */
    public boolean takes(String parameter) {
        return parameters.contains(parameter) && !NOT_FOR_RULES.contains(parameter);
    }

    /** Whether rules must set it. */
    public boolean requires(String parameter) {
        return required.contains(parameter) && !NOT_FOR_RULES.contains(parameter);
    }

    /** Whether it goes to one of several targets, which can be chosen, asked and copied to. */
    public boolean hasTargets() {
        return parameters.contains(TARGET);
    }
}
