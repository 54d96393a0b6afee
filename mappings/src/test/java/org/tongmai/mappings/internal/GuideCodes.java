package org.tongmai.mappings.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which of our concept maps follows which one of the guide: {@code sources.csv} says so. */
final class GuideCodes {
    private static final String STANDARD = "HL7 v2-to-FHIR guide";
    private static final int STANDARD_CELL = 6;

    private final Map<String, List<GuideTables.Code>> guide;
    private final Map<String, TreeSet<String>> ours = new HashMap<>();
    private final Path folder;

    /**
     * @param folder the {@code standards} folder
     */
    GuideCodes(Map<String, List<GuideTables.Code>> guide, Path folder) throws IOException {
        this.guide = guide;
        this.folder = folder;
        for (List<String> row : CsvText.rows(Files.readString(folder.resolve("sources.csv")))) {
            if (CsvText.cell(row, STANDARD_CELL).equals(STANDARD)) {
                String table = GuideTables.plain(CsvText.cell(row, STANDARD_CELL + 1));
                ours.computeIfAbsent(table, key -> new TreeSet<>()).add(CsvText.cell(row, 1));
            }
        }
    }

    Set<String> following(String table) {
        return ours.getOrDefault(table, new TreeSet<>());
    }

    /** Whether the guide has no code in the table, or each becomes itself: to copy is to translate. */
    boolean needsNoTranslation(String table) {
        return guide.getOrDefault(table, List.of()).stream()
                .allMatch(code -> code.source().equals(code.target()));
    }

    /** The codes of our table whose row says why it is as it is. */
    Set<String> explained(String table) throws IOException {
        Set<String> codes = new HashSet<>();
        Path file = folder.resolve("concept-maps").resolve(table + ".csv");
        for (List<String> row : CsvText.rows(Files.readString(file))) {
            if (!CsvText.cell(row, 4).isEmpty()) {
                codes.add(CsvText.cell(row, 0));
            }
        }
        return codes;
    }
}
