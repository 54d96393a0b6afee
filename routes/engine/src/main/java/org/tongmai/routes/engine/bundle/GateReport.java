package org.tongmai.routes.engine.bundle;

import java.util.List;
import java.util.Map;
import org.tongmai.standards.error.Issue;

/**
 * What the golden tests of a version said.
 *
 * @param tests how many ran
 * @param failures what failed, each with its file; empty when nothing did
 * @param figures coverage and times by name, for the ledger
 */
public record GateReport(int tests, List<Issue> failures, Map<String, String> figures) {
    public GateReport {
        failures = List.copyOf(failures);
        figures = Map.copyOf(figures);
    }

    /** Whether the version may run. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
