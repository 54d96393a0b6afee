package org.tongmai.routes.engine.bundle.sandbox.golden.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.internal.GoldenContent;
import org.tongmai.routes.engine.bundle.sandbox.internal.GoldenOutput;
import org.tongmai.standards.error.Issue;

/**
 * Compares what came out of a case with what its files say. What no file speaks of is not compared, but for a refusal and a
 * delivery that failed: those are expected by a file or they are failures.
 */
public final class CaseJudge {
    private static final int MOST_OF_A_FILE = 20;
    private static final int LONGEST = 200;

    private CaseJudge() {}

    /** @param routes ids of the bundle's routes that hand something to a sink */
    public static List<Issue> judge(GoldenFiles.Case each, SandboxRun run, Collection<String> routes) {
        List<Issue> failures = new ArrayList<>();
        Map<String, byte[]> found = GoldenOutput.of(run);
        if (each.expected().isEmpty()) {
            String detail = "found no file that says what is expected of case " + each.name();
            failures.add(Issue.of(SandboxError.GOLDEN_INVALID, each.file(each.input()), detail));
        }
        each.expected().forEach((rest, pattern) -> {
            String output = sameOutput(rest, found.keySet());
            if (output == null) {
                failures.add(absent(each, rest, run, routes));
            } else {
                compare(each.file(rest), found.get(output), pattern, failures);
            }
        });
        if (!run.outcome().positive() && !expectsRefusal(each)) {
            failures.add(Issue.of(SandboxError.GOLDEN_UNEXPECTED, each.file(each.input()), "refused: " + first(run)));
        }
        for (SandboxRun.Delivery delivery : run.deliveries()) {
            String name = GoldenOutput.destination(delivery.route()) + "." + GoldenOutput.ISSUES;
            if (!delivery.failure().isEmpty() && !each.expected().containsKey(name)) {
                String detail = delivery.route() + " failed: "
                        + delivery.failure().get(0).text();
                failures.add(Issue.of(SandboxError.GOLDEN_UNEXPECTED, each.file(each.input()), detail));
            }
        }
        return failures;
    }

    /** The name of the same output among others, whatever it ends with; null when there is none. */
    public static String sameOutput(String rest, Set<String> others) {
        if (others.contains(rest) || known(rest)) {
            return others.contains(rest) ? rest : null;
        }
        return others.stream()
                .filter(other -> !known(other) && stem(other).equals(stem(rest)))
                .findFirst()
                .orElse(null);
    }

    private static boolean known(String rest) {
        return rest.equals(GoldenOutput.ACKNOWLEDGEMENT)
                || rest.equals(GoldenOutput.CANONICAL)
                || rest.equals(GoldenOutput.ISSUES)
                || rest.endsWith("." + GoldenOutput.ISSUES);
    }

    private static String stem(String rest) {
        int dot = rest.lastIndexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static boolean expectsRefusal(GoldenFiles.Case each) {
        return each.expected().containsKey(GoldenOutput.ISSUES)
                || each.expected().containsKey(GoldenOutput.ACKNOWLEDGEMENT);
    }

    private static Issue absent(GoldenFiles.Case each, String rest, SandboxRun run, Collection<String> routes) {
        Set<String> destinations =
                routes.stream().map(GoldenOutput::destination).collect(Collectors.toCollection(java.util.TreeSet::new));
        String name = rest.split("\\.", 2)[0];
        if (!known(rest) && !destinations.contains(name)) {
            String detail = "found " + name + ", expected ack, canonical, issues or one of " + destinations;
            return Issue.of(SandboxError.GOLDEN_INVALID, each.file(rest), detail);
        }
        String why = run.outcome().positive() ? "" : "; the message was refused: " + first(run);
        return Issue.of(SandboxError.GOLDEN_ABSENT, each.file(rest), "found nothing" + why);
    }

    private static String first(SandboxRun run) {
        return run.issues().isEmpty() ? "" : run.issues().get(0).text();
    }

    private static void compare(String file, byte[] found, byte[] pattern, List<Issue> failures) {
        List<GoldenContent.Difference> differences = GoldenContent.of(file).compare(found, pattern);
        differences.stream().limit(MOST_OF_A_FILE).forEach(difference -> {
            String detail = "found " + bounded(difference.found()) + ", expected " + bounded(difference.expected());
            failures.add(Issue.of(SandboxError.GOLDEN_DIFFERS, file + "#" + difference.place(), detail));
        });
        if (differences.size() > MOST_OF_A_FILE) {
            String more = (differences.size() - MOST_OF_A_FILE) + " further differences";
            failures.add(Issue.of(SandboxError.GOLDEN_DIFFERS, file, more));
        }
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
