package org.tongmai.console.app.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tongmai.standards.crypto.explain.Explanation;
import org.tongmai.standards.crypto.explain.Finding;
import picocli.CommandLine.Option;

/** An explanation for people, in their language, and the same as values. */
final class ExplanationText {
    @Option(
            names = "--language",
            paramLabel = "<en|zh>",
            defaultValue = "en",
            description = "Language of the findings: en (default) or zh.")
    private String language;

    int answer(CommandAnswer answer, Explanation explanation) {
        String text = explanation.outcome() + "\n"
                + explanation.findings().stream().map(this::line).collect(Collectors.joining("\n"));
        Map<String, ?> values = Map.of(
                "outcome",
                explanation.outcome().name(),
                "findings",
                explanation.findings().stream().map(this::values).toList());
        answer.done(text.strip(), values, List.of());
        return explanation.outcome() == Explanation.Outcome.NOT_EXPLAINED ? CommandAnswer.REFUSED : CommandAnswer.DONE;
    }

    private String line(Finding finding) {
        String detail = finding.detail().isEmpty() ? "" : " (" + finding.detail() + ")";
        return finding.role() + " " + finding.code() + ": " + finding.title(language) + detail + "\n    "
                + finding.remedy(language);
    }

    private Map<String, String> values(Finding finding) {
        return Map.of(
                "code", finding.code(),
                "role", finding.role().name(),
                "title", finding.title(language),
                "remedy", finding.remedy(language),
                "detail", finding.detail());
    }
}
