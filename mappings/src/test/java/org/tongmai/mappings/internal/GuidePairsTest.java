package org.tongmai.mappings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.terminology.Terminology;

/** Compares what other converters make of messages with what we make; skipped where their results are not. */
class GuidePairsTest {
    /** One message with what is made of it here. */
    private record Pair(String converter, String name, String sent, Hl7Message message, Set<FhirFacts.Fact> made) {}

    private static final Path DATA = Path.of("hl7v2-to-fhir", "coverage");
    private static final Path REPORT = Path.of("hl7v2-to-fhir", "PAIRS.md");
    /** What is ours, what rules decided, and what we make of each message: to read, not to keep. */
    private static final Path DETAILS = Path.of("target", "pairs");

    private static final Pattern SHARE = Pattern.compile("(?m)^\\| all \\|.*\\| (\\d+)\\.(\\d) % \\|$");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PairsReport report = new PairsReport();
    private final List<String> open = new ArrayList<>();
    private final List<String> decided = new ArrayList<>();
    private PairRules rules;
    private GuideDemands guide;
    private FhirFacts facts;

    @Test
    void what_the_guide_demands_of_other_converters_results_is_made_here_too() throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        rules = new PairRules(Files.readString(DATA.resolve("pairs.csv")));
        guide = new GuideDemands(new GuideTables(corpora.resolve("v2-to-fhir-mappings/mappings"), corrections()));
        MappingSettings defaults = MappingSettings.defaults();
        Terminology terminology = Terminology.load();
        facts = new FhirFacts(terminology.conceptMap("hl7-0396-to-uri"));
        MappingEngine engine = MappingEngine.compile(
                terminology, new MappingSettings(defaults.zone(), defaults.overlays(), Extent.WHOLE));
        Files.createDirectories(DETAILS);
        try (Stream<Path> found = Files.walk(corpora.resolve("hl7v2-fhir-pairs"))) {
            for (Path expected : found.filter(file -> file.endsWith("expected.json"))
                    .sorted()
                    .toList()) {
                compare(engine, expected);
            }
        }
        Files.write(DETAILS.resolve("ours.txt"), open);
        Files.write(DETAILS.resolve("theirs-by-rule.txt"), decided);
        String text = report.text(rules);
        int before = share(Files.readString(REPORT));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(REPORT, text);
        }
        assertThat(rules.unfounded(guide))
                .as("rules whose row the guide does not have")
                .isEmpty();
        assertThat(rules.dead()).as("rules that decide nothing").isEmpty();
        assertThat(share(text)).as("share produced, before " + before).isGreaterThanOrEqualTo(before);
        assertThat(text).isEqualTo(Files.readString(REPORT));
    }

    private void compare(MappingEngine engine, Path expected) throws IOException {
        String result = text(expected);
        if (!result.startsWith("{")) {
            report.refused("a result in XML");
            return;
        }
        String sent = text(expected.resolveSibling("message.hl7"));
        Path folder = expected.getParent();
        Pair pair = new Pair(
                folder.getParent().getFileName().toString(),
                folder.getFileName().toString(),
                sent,
                Hl7Message.parse(sent),
                made(engine, sent, folder.getFileName() + ".json"));
        if (pair.made() == null) {
            return;
        }
        Set<FhirFacts.Fact> wanted = new LinkedHashSet<>();
        for (JsonNode entry : JSON.readTree(result).path("entry")) {
            wanted.addAll(facts.of(entry.path("resource")));
        }
        for (FhirFacts.Fact fact : wanted) {
            if (pair.made().contains(fact)) {
                report.produced(pair.converter());
            } else {
                judge(pair, fact);
            }
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace("\uFEFF", "").trim();
    }

    /** What we make of the message; null when it is refused. */
    private Set<FhirFacts.Fact> made(MappingEngine engine, String sent, String details) throws IOException {
        Set<FhirFacts.Fact> made = new LinkedHashSet<>();
        ArrayNode resources = JSON.createArrayNode();
        try {
            for (CanonicalResource resource :
                    engine.map(TestMessages.received(sent)).resources()) {
                made.addAll(facts.of(resource.content()));
                resources.add(resource.content());
            }
        } catch (CodedException e) {
            report.refused("refused here: " + e.issues().get(0).text());
            return null;
        }
        Files.writeString(DETAILS.resolve(details), resources.toPrettyString());
        return made;
    }

    private void judge(Pair pair, FhirFacts.Fact fact) {
        List<GuideTarget> rows = guide.rows(fact);
        List<GuideTarget> reading = GuideDemands.reading(rows, pair.message());
        if (rows.isEmpty()) {
            report.unwritten(pair.converter(), fact);
        } else if (reading.isEmpty()) {
            report.unsaid(pair.converter(), fact, rows.get(0).name());
        } else if (!offset(fact, pair.sent()) && pair.made().stream().anyMatch(each -> sameBarOffset(each, fact))) {
            report.elsewhen(pair.converter(), fact);
        } else {
            judgeByRule(pair, fact, reading.get(0).name());
        }
    }

    private void judgeByRule(Pair pair, FhirFacts.Fact fact, String row) {
        PairRules.Rule rule = rules.of(pair.converter(), fact, pair.message());
        List<String> here = pair.made().stream()
                .filter(each -> each.type().equals(fact.type()) && each.path().equals(fact.path()))
                .map(FhirFacts.Fact::value)
                .limit(5)
                .toList();
        String told = pair.converter() + "/" + pair.name() + " " + fact + " here: " + here;
        if (rule == null) {
            report.ours(pair.converter(), fact, row);
            open.add(told + " row: " + row);
        } else {
            report.theirs(pair.converter());
            decided.add(rule.text() + " | " + told);
        }
    }

    private static boolean sameBarOffset(FhirFacts.Fact made, FhirFacts.Fact wanted) {
        return made.type().equals(wanted.type())
                && made.path().equals(wanted.path())
                && !wanted.local().isEmpty()
                && made.local().equals(wanted.local());
    }

    /** Whether the message says the offset of this time. */
    private static boolean offset(FhirFacts.Fact time, String sent) {
        String digits = time.local().replaceAll("[-:T]|(00)?(\\.\\d*)?$", "");
        return Pattern.compile(Pattern.quote(digits) + "[\\d.]*[+-]\\d{4}")
                .matcher(sent)
                .find();
    }

    /** The share in a report, in tenths of a percent; 0 where it has none. */
    private static int share(String report) {
        return SHARE.matcher(report)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1) + found.group(2)))
                .findFirst()
                .orElse(0);
    }

    private static Map<String, String> corrections() throws IOException {
        return CsvText.rows(Files.readString(DATA.resolve("corrections.csv"))).stream()
                .skip(1)
                .collect(Collectors.toMap(
                        cells -> GuideRow.key(cells.get(0), cells.get(1), cells.get(2)), cells -> cells.get(3)));
    }
}
