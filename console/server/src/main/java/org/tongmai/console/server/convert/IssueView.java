package org.tongmai.console.server.convert;

import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * An issue as a client reads it.
 *
 * @param code {@code TM-…}
 * @param severity how much it weighs
 * @param summary what the code means
 * @param location where
 * @param detail found and expected
 */
public record IssueView(String code, String severity, String summary, String location, String detail) {
    public static List<IssueView> of(List<Issue> issues) {
        return issues.stream()
                .map(issue -> new IssueView(
                        issue.code().code(),
                        issue.severity().name(),
                        issue.code().summary(),
                        issue.location(),
                        issue.detail()))
                .toList();
    }
}
