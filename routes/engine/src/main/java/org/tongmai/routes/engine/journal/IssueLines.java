package org.tongmai.routes.engine.journal;

import java.util.List;
import java.util.stream.Collectors;
import org.tongmai.standards.error.Issue;

/** Issues as the journal keeps them, of a message and of a delivery: one line each, the first hundred. */
public final class IssueLines {
    private static final int MOST = 100;

    private IssueLines() {}

    public static String of(List<Issue> issues) {
        return issues.stream()
                .limit(MOST)
                .map(issue -> issue.text().replace('\n', ' ').replace('\0', ' '))
                .collect(Collectors.joining("\n"));
    }

    public static List<String> split(String lines) {
        return lines == null || lines.isEmpty() ? List.of() : List.of(lines.split("\n"));
    }
}
