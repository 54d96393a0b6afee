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
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.mappings.internal.MappingPlans;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.hl7v2.Hl7Message;
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
    private static final Map<Extent, MappingPlans> PLANS = new EnumMap<>(Extent.class);
    private static final Map<Extent, Hl7OutMappings> OUT = new EnumMap<>(Extent.class);

    @BeforeAll
    static void compile() {
        Terminology terminology = Terminology.load();
        MappingSettings defaults = MappingSettings.defaults();
        for (Extent extent : Extent.values()) {
            MappingSettings settings = new MappingSettings(defaults.zone(), defaults.overlays(), extent);
            IN.put(extent, MappingEngine.compile(terminology, settings));
            PLANS.put(extent, MappingPlans.compile(terminology, settings, (sender, map, code) -> {}));
            OUT.put(extent, Hl7OutMappings.compile(terminology, settings));
        }
    }

    @Test
    void every_mapped_field_of_the_golden_messages_comes_back_or_has_a_reason() throws IOException {
        Map<Extent, RoundTrip> trips = new EnumMap<>(Extent.class);
        List<String> refused = new ArrayList<>();
        for (Extent extent : Extent.values()) {
            RoundTrip trip = new RoundTrip(IN.get(extent), PLANS.get(extent), OUT.get(extent));
            trips.put(extent, trip);
            for (String name : TestMessages.goldenNames(extent)) {
                refused.addAll(take(trip, extent, name));
            }
        }
        assertThat(refused).as("refused for a field that the message had").isEmpty();
        for (Extent extent : Extent.values()) {
            Files.write(
                    Path.of("target", "roundtrip-" + extent.name().toLowerCase(Locale.ROOT) + ".txt"),
                    trips.get(extent).losses().stream()
                            .map(RoundTrip.Loss::toString)
                            .toList());
        }
        List<RoundTrip.Loss> unexplained = trips.values().stream()
                .flatMap(trip -> trip.losses().stream())
                .filter(loss -> Difference.of(loss).isEmpty())
                .toList();
        assertThat(unexplained).isEmpty();
        compareReport(trips, report(trips));
        assertThat(Difference.idle(trips.values()))
                .as("rows of differences.csv that explain nothing")
                .isEmpty();
    }

    @Test
    void what_other_people_send_comes_back_as_a_message_too() throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        RoundTrip trip = new RoundTrip(IN.get(Extent.WHOLE), PLANS.get(Extent.WHOLE), OUT.get(Extent.WHOLE));
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

    /** What is missed of a message that had it; one that lacks what HL7 requires is not written again. */
    private static List<String> take(RoundTrip trip, Extent extent, String name) throws IOException {
        String event = name.startsWith("refused-")
                ? ""
                : IN.get(extent).map(TestMessages.golden(name)).event();
        if (!OUT.get(extent).writes(event)) {
            return List.of();
        }
        Path made = Path.of("target", "roundtrip", name.replace('/', '-') + ".hl7");
        Files.createDirectories(made.getParent());
        try {
            Hl7Output back = trip.compare(name, TestMessages.golden(name));
            Files.writeString(made, back.text().replace('\r', '\n'));
            return List.of();
        } catch (CodedException refusal) {
            Hl7Message before = Hl7Message.parse(TestMessages.golden(name).text());
            return refusal.issues().stream()
                    .filter(issue -> issue.severity().refuses() && !lacks(before, issue.location()))
                    .map(issue -> name + " " + issue.text())
                    .toList();
        }
    }

    private static boolean lacks(Hl7Message message, String location) {
        String[] place = location.split("-");
        return place.length == 2
                && message.segments().stream()
                        .anyMatch(segment -> segment.is(place[0])
                                && segment.field(Integer.parseInt(place[1])).isEmpty());
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

    private static String report(Map<Extent, RoundTrip> trips) {
        List<String> lines = new ArrayList<>();
        lines.add("# HL7 v2 → FHIR → HL7 v2");
        lines.add("");
        lines.add(
                "Computed by `RoundTripTest` over the golden messages that can be written again: every value that a row");
        lines.add(
                "reads, compared with what stands in its place afterwards. One that does not stand there is looked for where");
        lines.add(
                "`differences.csv` says: *moved* stands in another field, *otherwise* is said by another value there, *lost*");
        lines.add("is not in the message.");
        lines.add("");
        lines.add("| extent | values read | come back | | moved | otherwise | lost |");
        lines.add("|---|---|---|---|---|---|---|");
        trips.forEach((extent, trip) -> {
            Map<String, Long> kinds = trip.losses().stream()
                    .collect(Collectors.groupingBy(
                            loss -> Difference.of(loss).orElseThrow().kind(), Collectors.counting()));
            lines.add("| " + extent.name().toLowerCase(Locale.ROOT) + " | " + trip.compared() + " | " + trip.kept()
                    + " | " + String.format(Locale.ROOT, "%.1f %%", 100.0 * trip.kept() / trip.compared()) + " | "
                    + kinds.getOrDefault("moved", 0L) + " | " + kinds.getOrDefault("otherwise", 0L) + " | "
                    + kinds.getOrDefault("lost", 0L) + " |");
        });
        lines.add("");
        lines.add("Fields that do not always come back:");
        lines.add("");
        lines.add("| field | differs | of | | stands in | cause |");
        lines.add("|---|---|---|---|---|---|");
        lines.addAll(fields(trips));
        return String.join("\n", lines) + "\n";
    }

    /** A line for each field and cause. */
    private static List<String> fields(Map<Extent, RoundTrip> trips) {
        Map<String, Integer> rows = new TreeMap<>();
        trips.values().forEach(trip -> trip.losses().forEach(loss -> {
            Difference cause = Difference.of(loss).orElseThrow();
            int of = trips.values().stream()
                    .map(each -> each.fields().get(loss.field()))
                    .filter(Objects::nonNull)
                    .mapToInt(figures -> figures[0])
                    .sum();
            rows.merge(
                    "| " + loss.field() + " | % | " + of + " | " + cause.kind() + " | " + cause.standsIn() + " | "
                            + cause.reason() + " |",
                    1,
                    Integer::sum);
        }));
        return rows.entrySet().stream()
                .map(row -> row.getKey().replace("%", row.getValue().toString()))
                .toList();
    }
}
