package org.tongmai.routes.engine.bundle.sandbox;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which routes and steps of a bundle ran in a sandbox since it was opened.
 *
 * @param routes ids of all routes
 * @param routesRun those that ran
 * @param steps all steps the author wrote, as {@code file:line name}
 * @param stepsRun those that ran
 */
public record StepCoverage(Set<String> routes, Set<String> routesRun, Set<String> steps, Set<String> stepsRun) {
    public StepCoverage {
        routes = Set.copyOf(routes);
        routesRun = Set.copyOf(routesRun);
        steps = Set.copyOf(steps);
        stepsRun = Set.copyOf(stepsRun);
    }

    /** The steps that did not run, sorted. */
    public Set<String> missed() {
        Set<String> missed = new TreeSet<>(steps);
        missed.removeAll(stepsRun);
        return missed;
    }
}
