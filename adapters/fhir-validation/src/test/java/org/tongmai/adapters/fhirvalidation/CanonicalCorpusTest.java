package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;
import org.tongmai.standards.validation.ValidationRequest.Format;

/**
 * Everything the maps make of the corpora is judged by the canonical profiles; a rule that is broken is listed, as the
 * senders' doing or as open, with how often. With {@code -Dcorpus.report=true} each is printed with an example.
 */
class CanonicalCorpusTest {
    private static final Terminology TERMINOLOGY = Terminology.load();

    private final Map<String, Integer> byType = new TreeMap<>();
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();
    private final Map<String, String> examples = new ConcurrentHashMap<>();

    @Test
    void what_the_store_keeps_of_the_corpora_passes_the_profiles() throws IOException {
        judge(Extent.STORED);
        assertThat(new TreeMap<>(broken)).isEqualTo(listed(Extent.STORED));
    }

    @Test
    void what_conversions_make_of_the_corpora_passes_the_profiles() throws IOException {
        judge(Extent.WHOLE);
        assertThat(new TreeMap<>(broken)).isEqualTo(listed(Extent.WHOLE));
    }

    private void judge(Extent extent) throws IOException {
        MappingSettings settings = new MappingSettings(ZoneId.of("Asia/Shanghai"), List.of(), extent);
        MappedCorpus corpus = new MappedCorpus(MappingEngine.compile(TERMINOLOGY, settings));
        // A conversion shows what there is of a message that lacks what is required; the store refuses it.
        corpus.readAll(MappingEngine.compile(TERMINOLOGY, MappingSettings.defaults())::takes);
        try (HapiResourceValidator validator =
                new HapiResourceValidator(ValidationSettings.defaults(), TERMINOLOGY, null)) {
            corpus.resources().keySet().forEach(resource -> byType.merge(type(resource), 1, Integer::sum));
            corpus.resources().entrySet().parallelStream()
                    .forEach(each -> judge(validator, each.getKey(), each.getValue()));
        }
        System.out.printf(
                "canonical corpus, %s: %d messages mapped, %d refused, %d distinct resources %s, %d findings%n",
                extent,
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
    }

    /** Rules that are broken and how often, each with its reason in {@code canonical-corpus.csv}. */
    private static Map<String, Integer> listed(Extent extent) throws IOException {
        try (InputStream in = CanonicalCorpusTest.class.getResourceAsStream("/canonical-corpus.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Integer> listed = new TreeMap<>();
            for (CsvTable.Row row : CsvTable.read("canonical-corpus.csv", text).rows()) {
                if (row.cell(0).equalsIgnoreCase(extent.name())) {
                    listed.put(row.cell(1), Integer.valueOf(row.cell(2)));
                }
            }
            return listed;
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
            examples.putIfAbsent(rule, file + ": " + finding.text() + " " + resource);
        }
    }

    private static String type(ObjectNode resource) {
        return resource.path("resourceType").asText();
    }
}
