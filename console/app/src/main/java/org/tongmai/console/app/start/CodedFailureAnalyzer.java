package org.tongmai.console.app.start;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Shows a coded failure of the start as its issues, one a line, instead of a stack trace. */
public final class CodedFailureAnalyzer extends AbstractFailureAnalyzer<CodedException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CodedException cause) {
        String issues = cause.issues().stream().map(Issue::text).collect(Collectors.joining("\n"));
        return new FailureAnalysis(issues, "Look the code up in docs/errors.md.", cause);
    }
}
