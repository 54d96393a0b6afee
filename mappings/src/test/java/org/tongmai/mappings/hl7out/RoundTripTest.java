package org.tongmai.mappings.hl7out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Terminology;

/**
 * Every message of the golden files that can be written again comes back with every field that a row reads, but for those
 * {@code differences.csv} gives a reason for; {@code ROUNDTRIP.md} says how many. Run with {@code -Dgolden.write=true} to write
 * it anew; then read the diff.
 */
class RoundTripTest {
    private static final Path FOLDER = Path.of("fhir-to-hl7v2");
    private static final Path REPORT = FOLDER.resolve("ROUNDTRIP.md");
    private static final Map<Extent, MappingEngine> IN = new EnumMap<>(Extent.class);
    private static final Map<Extent, Hl7OutMappings> OUT = new EnumMap<>(Extent.class);

    @BeforeAll
    static void compile() {
        Terminology terminology = Terminology.load();
        MappingSettings defaults = MappingSettings.defaults();
        for (Extent extent : Extent.values()) {
            MappingSettings settings = new MappingSettings(defaults.zone(), defaults.overlays(), extent);
            IN.put(extent, MappingEngine.compile(terminology, settings));
            OUT.put(extent, Hl7OutMappings.compile(terminology, settings));
        }
    }

    @Test
    void every_mapped_field_of_the_golden_messages_comes_back_or_has_a_reason() throws IOException {
        Map<Extent, RoundTrip> trips = new EnumMap<>(Extent.class);
        for (Extent extent : Extent.values()) {
            RoundTrip trip = new RoundTrip(IN.get(extent), OUT.get(extent));
            trips.put(extent, trip);
            for (String name : TestMessages.goldenNames(extent)) {
                take(trip, extent, name);
            }
        }
        Map<String, int[]> differing = new TreeMap<>();
        trips.values().forEach(trip -> trip.fields().forEach((field, figures) -> {
            if (figures[1] > 0) {
                int[] sum = differing.computeIfAbsent(field, key -> new int[2]);
                sum[0] += figures[0];
                sum[1] += figures[1];
            }
        }));
        Map<String, String> examples = new TreeMap<>();
        trips.values().forEach(trip -> trip.examples().forEach(examples::putIfAbsent));
        for (Extent extent : Extent.values()) {
            Files.write(
                    Path.of("target", "roundtrip-" + extent.name().toLowerCase(Locale.ROOT) + ".txt"),
                    trips.get(extent).losses());
        }
        List<String> unexplained = differing.keySet().stream()
                .filter(field -> reason(field) == null)
                .map(examples::get)
                .toList();
        assertThat(unexplained).isEmpty();
        compareReport(trips, report(trips, differing));
    }

    @Test
    void what_other_people_send_comes_back_as_a_message_too() throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        RoundTrip trip = new RoundTrip(IN.get(Extent.WHOLE), OUT.get(Extent.WHOLE));
        int messages = 0;
        for (String folder : List.of("hl7v2", "hl7v2-derived-chinese", "hl7v2-fhir-pairs")) {
            try (Stream<Path> files = Files.walk(corpora.resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".hl7"))
                        .sorted()
                        .toList()) {
                    messages += takeFile(trip, file);
                }
            }
        }
        Files.write(
                Path.of("target", "roundtrip-corpora.txt"),
                trip.fields().entrySet().stream()
                        .filter(entry -> entry.getValue()[1] > 0)
                        .map(entry -> entry.getValue()[1] + " of " + entry.getValue()[0] + " " + entry.getKey())
                        .toList());
        Files.writeString(
                Path.of("target", "roundtrip-corpora-figures.txt"),
                messages + " messages, " + trip.kept() + " of " + trip.compared() + " values");
        assertThat(messages).isGreaterThan(100);
        assertThat((double) trip.kept() / trip.compared()).isGreaterThan(CORPORA_KEPT);
    }

    /** What was seen, rounded down; raise it when more comes back. */
    private static final double CORPORA_KEPT = 0.90;

    private static int takeFile(RoundTrip trip, Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\uFEFF", "");
        int taken = 0;
        for (String message : text.split("(?<=[\r\n])(?=MSH\\|)")) {
            try {
                trip.compare(file.getFileName().toString(), TestMessages.received(message));
                taken++;
            } catch (CodedException refused) {
                assertThat(refused.issues()).isNotEmpty(); // not mapped, or not one of the types that are written
            }
        }
        return taken;
    }

    private static void take(RoundTrip trip, Extent extent, String name) throws IOException {
        if (name.startsWith("refused-")) {
            return;
        }
        String event = IN.get(extent).map(TestMessages.golden(name)).event();
        if (OUT.get(extent).writes(event)) {
            Path made = Path.of("target", "roundtrip", name.replace('/', '-') + ".hl7");
            Files.createDirectories(made.getParent());
            Files.writeString(
                    made, trip.compare(name, TestMessages.golden(name)).text().replace('\r', '\n'));
        }
    }

    /** What comes back may not fall below what the report says. */
    private static void compareReport(Map<Extent, RoundTrip> trips, String report) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(REPORT, report);
        }
        List<String> recorded = Files.readAllLines(REPORT);
        trips.forEach((extent, trip) -> {
            String start = "| " + extent.name().toLowerCase(Locale.ROOT) + " |";
            String line = recorded.stream()
                    .filter(each -> each.startsWith(start))
                    .findFirst()
                    .orElseThrow();
            double before =
                    Double.parseDouble(line.split("\\|")[4].replace("%", "").trim());
            double now = Math.round(1000.0 * trip.kept() / trip.compared()) / 10.0;
            assertThat(now).as(start).isGreaterThanOrEqualTo(before);
        });
    }

    private static String report(Map<Extent, RoundTrip> trips, Map<String, int[]> differing) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# HL7 v2 → FHIR → HL7 v2");
        lines.add("");
        lines.add(
                "Computed by `RoundTripTest` over the golden messages that can be written again: every value that a row");
        lines.add("reads, compared with what stands in its place afterwards.");
        lines.add("");
        lines.add("| extent | values read | come back | |");
        lines.add("|---|---|---|---|");
        trips.forEach((extent, trip) -> lines.add("| " + extent.name().toLowerCase(Locale.ROOT) + " | "
                + trip.compared() + " | " + trip.kept() + " | "
                + String.format(Locale.ROOT, "%.1f %%", 100.0 * trip.kept() / trip.compared()) + " |"));
        lines.add("");
        lines.add("Fields that do not always come back:");
        lines.add("");
        lines.add("| field | differs | of | reason |");
        lines.add("|---|---|---|---|");
        differing.forEach((field, figures) ->
                lines.add("| " + field + " | " + figures[1] + " | " + figures[0] + " | " + reason(field) + " |"));
        return String.join("\n", lines) + "\n";
    }

    /** The reason of the first row of {@code differences.csv} whose pattern fits the field, or null. */
    private static String reason(String field) {
        for (CsvTable.Row row : REASONS.rows()) {
            if (Pattern.matches(row.cell(0), field)) {
                return row.cell(1);
            }
        }
        return null;
    }

    private static final CsvTable REASONS = reasons();

    private static CsvTable reasons() {
        try {
            return CsvTable.read("differences.csv", Files.readString(FOLDER.resolve("differences.csv")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
