package org.tongmai.mappings.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of the HL7 v2-to-FHIR guide, read in place. */
final class GuideTables {
    private static final Pattern FILE = Pattern.compile("HL7 [^_]*_ ?(.*) - [^-]*\\.csv");

    private static final int TARGET = 9;

    /** Where the guide names an extension that it wishes for: {@code extension??-name}. */
    private static final int PROPOSED = 10;

    /** One code of a concept map of the guide. */
    record Code(String source, String target) {}

    private final Path folder;
    private final Map<String, String> corrections;

    /**
     * @param folder the guide's {@code mappings} folder
     * @param corrections what is meant by a target as written, by {@link GuideRow#key()}
     */
    GuideTables(Path folder, Map<String, String> corrections) {
        this.folder = folder;
        this.corrections = corrections;
    }

    /** The mapped rows of a kind ({@code segments}, {@code datatypes}, {@code messages}) by table. */
    Map<String, List<GuideRow>> rows(String kind) throws IOException {
        Map<String, List<GuideRow>> tables = new TreeMap<>();
        for (Map.Entry<String, List<List<String>>> table : read(kind).entrySet()) {
            List<GuideRow> rows = new ArrayList<>();
            for (List<String> cells :
                    table.getValue().subList(2, table.getValue().size())) {
                boolean proposed = !kind.equals("messages")
                        && !CsvText.cell(cells, PROPOSED).isEmpty();
                if (!CsvText.cell(cells, TARGET).isEmpty() || proposed) {
                    rows.add(row(kind, table.getKey(), cells));
                }
            }
            tables.put(table.getKey(), rows);
        }
        return tables;
    }

    private GuideRow row(String kind, String table, List<String> cells) {
        String written = CsvText.cell(cells, TARGET);
        String target = (written.isEmpty() ? CsvText.cell(cells, PROPOSED) : written).replaceAll("\\s+", " ");
        String source = CsvText.cell(cells, 1);
        String key = GuideRow.key(table, source, target);
        String corrected = corrections.getOrDefault(key, target);
        String meant = GuideRow.element(corrected);
        String condition = String.join(" ", CsvText.cell(cells, 6), CsvText.cell(cells, 7), CsvText.cell(cells, 8));
        if (kind.equals("messages")) {
            String map = CsvText.cell(cells, 10);
            return new GuideRow(table, source, target, meant, "", map, corrected, CsvText.cell(cells, 11), condition);
        }
        String assigned = corrected.contains("=") ? "" : CsvText.cell(cells, 16);
        String constant = GuideRow.constant(assigned, corrected);
        String vocabulary = plain(CsvText.cell(cells, 15));
        return new GuideRow(
                table, source, target, meant, constant, vocabulary, corrected, CsvText.cell(cells, 14), condition);
    }

    /** The concept maps of the guide by name. */
    Map<String, List<Code>> codes() throws IOException {
        Map<String, List<Code>> tables = new TreeMap<>();
        for (Map.Entry<String, List<List<String>>> table : read("codesystems").entrySet()) {
            List<Code> codes = new ArrayList<>();
            for (List<String> cells :
                    table.getValue().subList(2, table.getValue().size())) {
                // the guide writes < and > with a no-break space behind
                String source = CsvText.cell(cells, 0).replace('\u00a0', ' ').strip();
                boolean mapped = !source.isEmpty() && !CsvText.cell(cells, 6).isEmpty();
                if (mapped && codes.stream().noneMatch(code -> code.source().equals(source))) {
                    codes.add(new Code(source, CsvText.cell(cells, 6)));
                }
            }
            tables.put(table.getKey(), codes);
        }
        return tables;
    }

    /** A concept map's name as its file writes it: the segment tables add blanks and strokes. */
    static String plain(String vocabulary) {
        return vocabulary.replaceAll("[ /]", "");
    }

    private Map<String, List<List<String>>> read(String kind) throws IOException {
        Map<String, List<List<String>>> tables = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(kind))) {
            for (Path file : files.sorted().toList()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    String text = Files.readString(file).replace("\uFEFF", "");
                    tables.put(name.group(1), CsvText.rows(text));
                }
            }
        }
        return tables;
    }
}
