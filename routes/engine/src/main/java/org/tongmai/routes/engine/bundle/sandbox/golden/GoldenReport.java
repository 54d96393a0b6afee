package org.tongmai.routes.engine.bundle.sandbox.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * What the golden tests of a bundle said.
 *
 * @param bundle id
 * @param digest of the files
 * @param cases by name
 * @param invalid what is wrong with the folder {@code test} itself
 * @param coverage what ran
 * @param took opening the sandbox included
 */
public record GoldenReport(
        String bundle, String digest, List<Result> cases, List<Issue> invalid, GoldenCoverage coverage, Duration took) {
    public GoldenReport {
        cases = List.copyOf(cases);
        invalid = List.copyOf(invalid);
    }

    /** What one case said; no failure when it passed. */
    public record Result(String name, List<Issue> failures) {
        public Result {
            failures = List.copyOf(failures);
        }
    }

    /** Everything that failed, of the folder and of all cases. */
    public List<Issue> failures() {
        List<Issue> failures = new ArrayList<>(invalid);
        cases.forEach(each -> failures.addAll(each.failures()));
        return failures;
    }

    public boolean passed() {
        return failures().isEmpty();
    }
}
