package org.tongmai.standards.error;

import java.util.List;

/** The one exception that crosses module borders: a coded failure with all issues that led to it, worst first. */
public class CodedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Issue> issues;
    private final transient ErrorCode code;

    public CodedException(Issue issue) {
        this(List.of(issue), null);
    }

    public CodedException(Issue issue, Throwable cause) {
        this(List.of(issue), cause);
    }

    /**
     * @param issues at least one; the first decides {@link #code()}
     * @param cause what failed underneath, or null
     */
    public CodedException(List<Issue> issues, Throwable cause) {
        super(issues.get(0).text(), cause);
        this.issues = List.copyOf(issues);
        this.code = issues.get(0).code();
    }

    public ErrorCode code() {
        return code;
    }

    public List<Issue> issues() {
        return issues;
    }

    public boolean retryable() {
        return code.retryable();
    }
}
