package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;
import org.tongmai.standards.validation.ValidationRequest.Format;

/**
 * The cases HL7 tests its own validator with, without the profiles some of them bring: our verdict, wrong or not, beside
 * the recorded one. {@code validator-cases.csv} lists those that differ, each with the reason.
 */
class ValidatorCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Terminology TERMINOLOGY = Terminology.load();

    private final Map<Set<ValidationRule>, HapiResourceValidator> validators = new HashMap<>();

    @Test
    void the_verdict_agrees_with_the_recorded_one_in_95_of_100_cases() throws IOException {
        Path folder = Corpora.folder("fhir-validator-cases");
        Set<String> different = new TreeSet<>();
        JsonNode cases = JSON.readTree(Files.readAllBytes(folder.resolve("index.json")));
        for (JsonNode each : cases) {
            Path file = folder.resolve(each.path("file").asText());
            ValidationReport report = validator(each.path("test")).validate(request(file));
            if (report.valid() == each.path("expected_errors").asInt() > 0) {
                different.add(each.path("name").asText());
                System.out.println("differs: " + each.path("name").asText() + " " + wrong(report));
            }
        }
        validators.values().forEach(HapiResourceValidator::close);
        System.out.printf("validator cases: %d of %d verdicts agree%n", cases.size() - different.size(), cases.size());
        assertThat(different).containsExactlyInAnyOrderElementsOf(listed());
        assertThat((cases.size() - different.size()) * 100.0 / cases.size()).isGreaterThanOrEqualTo(95);
    }

    private static List<String> wrong(ValidationReport report) {
        return report.findings().stream()
                .filter(ValidationReport.Finding::wrong)
                .map(finding -> finding.location() + ": " + finding.text())
                .toList();
    }

    private HapiResourceValidator validator(JsonNode options) {
        // HL7's own validator does these two unless it is told otherwise.
        Set<ValidationRule> rules =
                EnumSet.of(ValidationRule.REFUSE_UNKNOWN_EXTENSIONS, ValidationRule.IMPLY_VITAL_SIGNS);
        add(
                rules,
                ValidationRule.REFUSE_EXAMPLE_URLS,
                options.path("examples").asText().equals("false"));
        add(
                rules,
                ValidationRule.REFUSE_HTML_IN_MARKDOWN,
                options.path("noHtmlInMarkdown").asBoolean());
        add(
                rules,
                ValidationRule.CHECK_REFERENCES,
                options.path("validateReference").asText().startsWith("CHECK_EXISTS"));
        add(
                rules,
                ValidationRule.SKIP_CONTAINED,
                options.path("validateContains").asText().equals("IGNORE"));
        add(rules, ValidationRule.ALLOW_COMMENTS, options.path("allow-comments").asBoolean());
        return validators.computeIfAbsent(
                rules,
                key -> new HapiResourceValidator(ValidationSettings.defaults().with(key), TERMINOLOGY, null));
    }

    private static void add(Set<ValidationRule> rules, ValidationRule rule, boolean asked) {
        if (asked) {
            rules.add(rule);
        }
    }

    private static ValidationRequest request(Path file) throws IOException {
        Format format = file.toString().endsWith(".xml") ? Format.XML : Format.JSON;
        return new ValidationRequest(Files.readAllBytes(file), format, List.of());
    }

    private static List<String> listed() throws IOException {
        try (InputStream in = ValidatorCasesTest.class.getResourceAsStream("/validator-cases.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return CsvTable.read("validator-cases.csv", text).rows().stream()
                    .map(row -> row.cell(0))
                    .toList();
        }
    }
}
