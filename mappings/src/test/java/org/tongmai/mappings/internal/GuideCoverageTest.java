package org.tongmai.mappings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.Terminology;

/** Compares the guide's tables with the rows the golden messages execute; skipped where the tables are not. */
class GuideCoverageTest {
    private static final Path MAPS = Path.of("hl7v2-to-fhir");
    private static final Path REPORT = MAPS.resolve("COVERAGE.md");
    private static final Path STANDARDS = Path.of("..", "standards");

    private final Terminology terminology = Terminology.load();
    private final Map<String, String> reasons = data("reasons.csv");

    @Test
    void no_row_of_the_guide_is_lost_that_was_executed_before() throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        Path folder = corpora.resolve("v2-to-fhir-mappings").resolve("mappings");
        CoverageReport report = report(new GuideTables(folder, data("corrections.csv")));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(REPORT, report.text());
        }
        Map<String, Integer> committed = CoverageReport.figures(Files.readString(REPORT));
        assertThat(report.figures()).allSatisfy((table, executed) -> assertThat(executed)
                .as("rows of %s executed", table)
                .isGreaterThanOrEqualTo(committed.getOrDefault(table, 0)));
    }

    private CoverageReport report(GuideTables guide) throws IOException {
        OurMaps maps = new OurMaps(MAPS);
        Map<String, List<GuideTables.Code>> tables = guide.codes();
        GuideCodes codes = new GuideCodes(tables, STANDARDS);
        GuideCoverage coverage = new GuideCoverage(maps, executeGoldenMessages(), codes, data("primitives.csv"));
        CoverageReport report = new CoverageReport();
        for (String kind : List.of("messages", "segments", "datatypes")) {
            Map<String, List<GuideRow>> rows = guide.rows(kind);
            Map<String, List<CoverageReport.Left>> left = new TreeMap<>();
            rows.values()
                    .forEach(table -> table.forEach(row -> {
                        if (!(kind.equals("messages") ? coverage.messageExecuted(row) : coverage.executed(row))) {
                            left.computeIfAbsent(row.table(), key -> new ArrayList<>())
                                    .add(new CoverageReport.Left(row, reason(row)));
                        }
                    }));
            report.kind(
                    kind.equals("datatypes") ? "Data types" : kind.equals("segments") ? "Segments" : "Messages",
                    rows,
                    left,
                    maps);
        }
        report.codes(tables, codes(tables, codes));
        return report;
    }

    private String reason(GuideRow row) {
        if (row.target().matches(".*(extension[?]|extention[?]|extension-assigning|#ext-).*")
                || row.target().contains("#ext-")
                || row.target().equals("local implementation")) {
            return "the guide proposes an extension that does not exist";
        }
        String everywhere = reasons.getOrDefault("*|*|" + row.vocabulary(), "");
        return reasons.getOrDefault(
                row.key(),
                reasons.getOrDefault(
                        row.table() + "|" + row.source() + "|*",
                        reasons.getOrDefault(row.table() + "|*|*", everywhere)));
    }

    private Map<String, List<GuideCoverage.Codes>> codes(Map<String, List<GuideTables.Code>> tables, GuideCodes codes)
            throws IOException {
        Map<String, List<GuideCoverage.Codes>> found = new HashMap<>();
        for (Map.Entry<String, List<GuideTables.Code>> table : tables.entrySet()) {
            List<GuideCoverage.Codes> ours = new ArrayList<>();
            for (String name : codes.following(table.getKey())) {
                ours.add(GuideCoverage.compare(table.getValue(), name, terminology, codes.explained(name)));
            }
            if (ours.isEmpty()) {
                ours.add(new GuideCoverage.Codes("", 0, 0, table.getValue().size()));
            }
            found.put(table.getKey(), ours);
        }
        return found;
    }

    private Executions executeGoldenMessages() throws IOException {
        Executions executions = new Executions();
        for (Extent extent : Extent.values()) {
            MappingSettings defaults = MappingSettings.defaults();
            MappingPlans plans = MappingPlans.compile(
                    terminology,
                    new MappingSettings(defaults.zone(), defaults.overlays(), extent),
                    (sender, map, code) -> {});
            for (String name : TestMessages.goldenNames(extent)) {
                execute(plans, message(name), executions);
            }
        }
        return executions;
    }

    private static Hl7Message message(String name) throws IOException {
        ReceivedMessage received = TestMessages.golden(name);
        return Hl7Message.parse(received.text(), received.charset());
    }

    private static void execute(MappingPlans plans, Hl7Message message, Executions executions) {
        Hl7Segment header = message.header();
        Hl7Value type = header == null ? null : header.field(9);
        executions.begin(
                type == null
                        ? ""
                        : type.component(3).isEmpty()
                                ? type.component(1).text() + "_"
                                        + type.component(2).text()
                                : type.component(3).text());
        try {
            plans.trace(message, executions);
            executions.commit();
        } catch (CodedException e) {
            // a golden message that is to be refused; GoldenTest sees to why
            assertThat(e.issues()).isNotEmpty();
        }
    }

    /** A data file: all cells but the last two, joined, to the last but one. The last says why. */
    private static Map<String, String> data(String file) {
        Map<String, String> entries = new HashMap<>();
        try {
            for (List<String> row :
                    CsvText.rows(Files.readString(MAPS.resolve("coverage").resolve(file)))) {
                entries.put(
                        String.join("|", row.subList(0, row.size() - 1))
                                .replaceAll("\\s+", " ")
                                .trim(),
                        row.get(row.size() - 1).trim());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
