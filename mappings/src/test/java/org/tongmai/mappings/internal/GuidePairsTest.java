package org.tongmai.mappings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.terminology.Terminology;

/** Compares what other converters make of messages with what we make; skipped where their results are not. */
class GuidePairsTest {
    private static final Path DATA = Path.of("hl7v2-to-fhir", "coverage");
    private static final Path REPORT = Path.of("hl7v2-to-fhir", "PAIRS.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<List<String>> rules = rules();
    private final Map<String, Integer> differences = new TreeMap<>();
    private final Map<String, int[]> pairs = new TreeMap<>();
    private final List<String> open = new ArrayList<>();
    private int refused;

    @Test
    void what_the_guide_demands_of_other_converters_results_is_made_here_too() throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        MappingSettings defaults = MappingSettings.defaults();
        MappingEngine engine = MappingEngine.compile(
                Terminology.load(), new MappingSettings(defaults.zone(), defaults.overlays(), Extent.WHOLE));
        try (Stream<Path> found = Files.walk(corpora.resolve("hl7v2-fhir-pairs"))) {
            for (Path expected : found.filter(file -> file.endsWith("expected.json"))
                    .sorted()
                    .toList()) {
                compare(engine, expected);
            }
        }
        Files.write(Path.of("target", "pairs-open.txt"), open);
        String report = report();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(REPORT, report);
        }
        assertThat(report.lines().filter(line -> line.startsWith("| all |")).toList())
                .isEqualTo(Files.readAllLines(REPORT).stream()
                        .filter(line -> line.startsWith("| all |"))
                        .toList());
    }

    private void compare(MappingEngine engine, Path expected) throws IOException {
        Set<FhirFacts.Fact> wanted = new LinkedHashSet<>();
        String result = Files.readString(expected).replace("\uFEFF", "").trim();
        if (!result.startsWith("{")) {
            count("theirs|a result in XML is not compared", 1);
            return;
        }
        JsonNode bundle = JSON.readTree(result);
        bundle.path("entry").forEach(entry -> wanted.addAll(FhirFacts.of(entry.path("resource"))));
        Set<FhirFacts.Fact> made = new HashSet<>();
        try {
            String text =
                    Files.readString(expected.resolveSibling("message.hl7")).replace("\uFEFF", "");
            for (CanonicalResource resource :
                    engine.map(TestMessages.received(text)).resources()) {
                made.addAll(FhirFacts.of(resource.content()));
            }
        } catch (CodedException e) {
            refused++;
            count("theirs|a message that is refused here: " + e.issues().get(0).text(), wanted.size());
            return;
        }
        int[] figures = pairs.computeIfAbsent(
                expected.getParent().getParent().getFileName().toString(), key -> new int[3]);
        judge(wanted, made, figures, expected.getParent().getFileName().toString());
    }

    private void judge(Set<FhirFacts.Fact> wanted, Set<FhirFacts.Fact> made, int[] figures, String pair) {
        for (FhirFacts.Fact fact : wanted) {
            if (made.contains(fact)) {
                figures[0]++;
                continue;
            }
            String verdict = verdict(fact);
            figures[verdict.startsWith("theirs") ? 1 : 2]++;
            count(verdict, 1);
            if (verdict.startsWith("ours")) {
                open.add(pair + " " + fact
                        + made.stream()
                                .filter(each -> each.type().equals(fact.type())
                                        && each.path().equals(fact.path()))
                                .map(FhirFacts.Fact::value)
                                .limit(5)
                                .toList());
            }
        }
    }

    private void count(String verdict, int times) {
        differences.merge(verdict, times, Integer::sum);
    }

    private String verdict(FhirFacts.Fact fact) {
        for (List<String> rule : rules) {
            boolean type = rule.get(0).equals("*") || fact.type().matches(rule.get(0));
            if (type && fact.path().matches(rule.get(1)) && fact.value().matches(rule.get(2))) {
                return rule.get(3) + "|" + rule.get(4);
            }
        }
        return "ours|" + fact.type() + "." + fact.path();
    }

    private String report() {
        int produced = pairs.values().stream().mapToInt(each -> each[0]).sum();
        int theirs = pairs.values().stream().mapToInt(each -> each[1]).sum();
        int ours = pairs.values().stream().mapToInt(each -> each[2]).sum();
        StringBuilder out = new StringBuilder(
                """
                # Compared with other converters

                Computed by `GuidePairsTest`, written by `-Dgolden.write=true`. Every primitive of a result that another
                converter publishes is looked for in ours: same resource type, same element, same value; a reference by the
                type it goes to, and once however often it is said. Which side a difference is on, and the row that decides,
                is in `coverage/pairs.csv`; what no rule explains is ours.

                | results of | produced | theirs | ours | produced of what the guide demands |
                |---|---|---|---|---|
                """);
        pairs.forEach((source, figures) -> line(out, source, figures[0], figures[1], figures[2]));
        line(out, "all", produced, theirs, ours);
        out.append("\nRefused here: ")
                .append(refused)
                .append(" messages.\n\n| side | elements | why, or which element |\n|---|---|---|\n");
        differences.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .forEach(each -> out.append("| ")
                        .append(each.getKey().replaceFirst("\\|.*", ""))
                        .append(" | ")
                        .append(each.getValue())
                        .append(" | ")
                        .append(each.getKey().replaceFirst("[^|]*\\|", "").replace("|", "\\|"))
                        .append(" |\n"));
        return out.toString();
    }

    private static void line(StringBuilder out, String source, int produced, int theirs, int ours) {
        out.append("| ")
                .append(source)
                .append(" | ")
                .append(produced)
                .append(" | ")
                .append(theirs)
                .append(" | ");
        out.append(ours)
                .append(" | ")
                .append(100 * produced / Math.max(1, produced + ours))
                .append(" % |\n");
    }

    private static List<List<String>> rules() {
        try {
            return CsvText.rows(Files.readString(DATA.resolve("pairs.csv"))).stream()
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
