package org.tongmai.routes.engine.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.tongmai.standards.error.Issue;

/**
 * The publication a node runs.
 *
 * @param revision of the rules; 0 for none
 * @param digest of the rules
 * @param at since when
 * @param problem of the revision tried last, with its number; empty for none
 */
record Applied(long revision, String digest, Instant at, String problem) {
    private static final int MOST_TOLD = 20;

    /** What is wrong with a revision; of many issues the first, and how many there are. */
    static String problem(long revision, List<Issue> issues) {
        String first = issues.stream().limit(MOST_TOLD).map(Issue::text).collect(Collectors.joining("; "));
        int more = issues.size() - MOST_TOLD;
        return revision + ": " + first + (more > 0 ? "; and " + more + " more" : "");
    }

    Applied with(String other) {
        return new Applied(revision, digest, at, other);
    }

    /** Whether all of a revision runs. */
    boolean isWhole(long highest) {
        return revision == highest && problem.isEmpty();
    }

    /** Whether the problem is one of a revision. */
    boolean isTried(long highest) {
        return problem.startsWith(highest + ": ");
    }
}
