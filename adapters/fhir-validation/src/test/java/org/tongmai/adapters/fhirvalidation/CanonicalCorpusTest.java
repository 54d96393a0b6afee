package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;
import org.tongmai.standards.validation.ValidationRequest.Format;

/**
 * Everything the maps make of the corpora is judged by the canonical profiles; a rule that is broken is listed, as the
 * senders' doing or as open. With {@code -Dcorpus.report=true} each is printed with an example.
 */
class CanonicalCorpusTest {
    private static final Terminology TERMINOLOGY = Terminology.load();

    private final Map<String, Integer> byType = new TreeMap<>();
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();
    private final Map<String, String> examples = new ConcurrentHashMap<>();

    @Test
    void what_the_canonical_resources_of_the_corpora_break_is_listed_with_its_reason() throws IOException {
        MappedCorpus corpus = new MappedCorpus(MappingEngine.compile(TERMINOLOGY, MappingSettings.defaults()));
        try (HapiResourceValidator validator =
                new HapiResourceValidator(ValidationSettings.defaults(), TERMINOLOGY, null)) {
            corpus.resources().keySet().forEach(resource -> byType.merge(type(resource), 1, Integer::sum));
            corpus.resources().entrySet().parallelStream()
                    .forEach(each -> judge(validator, each.getKey(), each.getValue()));
        }
        System.out.printf(
                "canonical corpus: %d messages mapped, %d refused, %d distinct resources %s, %d findings%n",
                corpus.mapped(),
                corpus.refused(),
                corpus.resources().size(),
                byType,
                broken.values().stream().mapToInt(Integer::intValue).sum());
        new TreeMap<>(broken).forEach((rule, count) -> System.out.println("  " + count + " " + rule));
        if (Boolean.getBoolean("corpus.report")) {
            new TreeMap<>(examples).forEach((rule, example) -> System.out.println("  " + rule + ": " + example));
        }
        assertThat(corpus.resources()).isNotEmpty();
        assertThat(broken.keySet()).isSubsetOf(listed());
    }

    /** Rules that are broken, each with its reason in {@code canonical-corpus.csv}: theirs, or open here. */
    private static Set<String> listed() throws IOException {
        try (InputStream in = CanonicalCorpusTest.class.getResourceAsStream("/canonical-corpus.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return CsvTable.read("canonical-corpus.csv", text).rows().stream()
                    .map(row -> row.cell(0))
                    .collect(Collectors.toSet());
        }
    }

    private void judge(HapiResourceValidator validator, ObjectNode resource, String file) {
        String type = type(resource);
        ValidationRequest request = new ValidationRequest(
                resource.toString().getBytes(StandardCharsets.UTF_8),
                Format.JSON,
                validator.profile(type).map(List::of).orElse(List.of()));
        List<Finding> wrong = validator.validate(request).findings().stream()
                .filter(Finding::wrong)
                .collect(Collectors.toList());
        for (Finding finding : wrong) {
            String rule =
                    type + ": " + finding.rule() + " at " + finding.location().replaceAll("\\[\\d+]", "");
            broken.merge(rule, 1, Integer::sum);
            examples.putIfAbsent(rule, file + ": " + finding.text());
        }
    }

    private static String type(ObjectNode resource) {
        return resource.path("resourceType").asText();
    }
}
