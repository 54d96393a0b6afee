package org.tongmai.mappings.hl7out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Terminology;

/**
 * What is written as HL7 2.9 stands in the order of the HL7 v2-to-FHIR guide's message tables, which are those of 2.9; the fields
 * that {@code fields.csv} lists beyond 2.5.1 repeat as the guide's segment tables say. Skipped where the tables are not.
 */
class GuideStructuresTest {
    private static final String VERSION = "2.9";

    /** ORM has a choice of details, which no expression here says; the guide's A09 has no DG1, which HL7 2.5.1 has there. */
    private static final Set<String> NOT_JUDGED = Set.of("ORM_O01", "ADT_A09");

    @Test
    void a_message_of_2_9_has_its_segments_where_the_guide_has_them() throws IOException {
        Terminology terminology = Terminology.load();
        MappingSettings defaults = MappingSettings.defaults();
        MappingSettings whole = new MappingSettings(defaults.zone(), defaults.overlays(), Extent.WHOLE);
        MappingEngine in = MappingEngine.compile(terminology, whole);
        Hl7OutMappings out = Hl7OutMappings.compile(terminology, whole);
        Map<String, Pattern> structures = structures();
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        for (String name : TestMessages.goldenNames(Extent.WHOLE)) {
            CanonicalBundle bundle = in.map(TestMessages.golden(name));
            if (!out.writes(bundle.event())) {
                continue;
            }
            Hl7Order order = Hl7Order.ofData().as(bundle.event()).in(VERSION);
            String text = out.write(Hl7OutMappings.contents(bundle.resources()), order)
                    .text();
            Hl7Message made = Hl7Message.parse(text);
            Pattern structure =
                    structures.get(made.header().field(9).component(3).text());
            String segments =
                    text.lines().map(line -> line.substring(0, 3) + ";").collect(Collectors.joining());
            if (structure != null
                    && !NOT_JUDGED.contains(made.header().field(9).component(3).text())) {
                judged++;
                if (!structure.matcher(segments).matches()) {
                    wrong.add(name + ": " + segments);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(judged).isGreaterThan(5);
    }

    /** MSH-9.3 to the structure as an expression over {@code MSH;PID;…}. */
    private static Map<String, Pattern> structures() throws IOException {
        Map<String, Pattern> structures = new TreeMap<>();
        for (Path file : tables("messages")) {
            String name = file.getFileName().toString().replaceAll(".*_ ?([A-Z0-9]{3}_[A-Z0-9]{3}) - .*", "$1");
            structures.put(name, structure(file));
        }
        return structures;
    }

    private static Pattern structure(Path file) throws IOException {
        StringBuilder expression = new StringBuilder();
        List<String> begun = new ArrayList<>();
        String last = "";
        for (List<String> row : rows(file)) {
            String syntax = row.size() > 3 ? row.get(2).replaceAll("\\s", "") : "";
            String what = row.size() > 3 ? row.get(3) : "";
            if (syntax.isEmpty()
                    || (row.get(1) + syntax).equals(last)
                    || row.get(1).equals("Identifier")) {
                continue;
            }
            last = row.get(1) + syntax;
            if (what.matches("(---.*|[A-Z_0-9]+ )begin.*")) {
                begun.add(syntax);
                expression.append("(?:");
            } else if (what.matches("(---.*|[A-Z_0-9]+ )end.*")) {
                expression.append(')').append(times(begun.remove(begun.size() - 1)));
            } else {
                String segment = syntax.replaceAll("[\\[\\]{}]", "");
                expression.append("(?:").append(segment).append(";)").append(times(syntax));
            }
        }
        return Pattern.compile(expression.toString());
    }

    private static String times(String syntax) {
        boolean optional = syntax.contains("[");
        boolean repeats = syntax.contains("{");
        return optional && repeats ? "*" : optional ? "?" : repeats ? "+" : "";
    }

    @Test
    void a_field_beyond_2_5_1_repeats_as_the_guide_says() throws IOException {
        Map<String, String> most = new TreeMap<>();
        for (Path file : tables("segments")) {
            for (List<String> row : rows(file)) {
                if (row.size() > 5) {
                    most.putIfAbsent(row.get(1), row.get(5));
                }
            }
        }
        Path file = Path.of("fhir-to-hl7v2", "fields.csv");
        int judged = 0;
        for (CsvTable.Row row :
                CsvTable.read(file.toString(), Files.readString(file)).rows()) {
            String field = row.cell(0) + "-" + row.cell(1);
            if (!row.cell(5).isEmpty()) {
                judged++;
                assertThat(row.cell(3).equals("*")).as(field).isEqualTo("-1".equals(most.get(field)));
            }
        }
        assertThat(judged).isGreaterThan(20);
    }

    private static List<Path> tables(String folder) throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        Path tables = corpora.resolve("v2-to-fhir-mappings").resolve("mappings").resolve(folder);
        try (Stream<Path> files = Files.list(tables)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    /** The first cells of each row; quoted cells may hold line ends. */
    private static List<List<String>> rows(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : (Files.readString(file).replace("\uFEFF", "") + "\n").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString().trim());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        return rows;
    }
}
