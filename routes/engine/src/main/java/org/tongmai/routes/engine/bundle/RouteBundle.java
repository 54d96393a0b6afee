package org.tongmai.routes.engine.bundle;

import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * A route bundle as it stands now, for the console.
 *
 * @param id folder name
 * @param version as in the manifest, or empty when that could not be read
 * @param title as in the manifest
 * @param description as in the manifest
 * @param state where it is
 * @param routes ids of its routes, delivering ones first
 * @param violations why it was refused or could not start; locations are {@code file:line}
 */
public record RouteBundle(
        String id,
        String version,
        String title,
        String description,
        State state,
        List<String> routes,
        List<Issue> violations) {

    /** Where a bundle is. */
    public enum State {
        /** Its routes run. */
        RUNNING,
        /** Stopped by a person; can be started. */
        STOPPED,
        /** It breaks a rule; never started. */
        REFUSED,
        /** It keeps the rules, yet could not start, for example because its port is taken; can be started again. */
        FAILED
    }

    public RouteBundle {
        routes = List.copyOf(routes);
        violations = List.copyOf(violations);
    }
}
