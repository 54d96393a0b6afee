package org.tongmai.standards.terminology.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.ConceptMap;

/** Adds a row to the dictionary of a sender. */
public final class LocalDictionary {
    private LocalDictionary() {}

    /** Path of the dictionaries that go with a concept map. */
    public static String path(String conceptMap) {
        return Kind.LOCAL_DICTIONARY.folder() + "/" + conceptMap + ".csv";
    }

    /**
     * What to upload so that the row is there; an earlier row for the same sender and code gives way.
     *
     * @param before the dictionary as it is, or null when there is none yet
     * @param row sender, source code, target system, code and display, comment
     * @param by who says so
     */
    public static Map<String, String> with(ConceptMap map, String before, List<String> row, String by) {
        Map<String, List<String>> rows = new TreeMap<>();
        if (before != null) {
            CsvTable.read("", before).rows().forEach(each -> rows.put(key(each.cells()), each.cells()));
        }
        rows.put(key(row), row);
        Map<String, String> files = new HashMap<>();
        files.put(path(map.name()), CsvTable.write(ConceptMapRows.LOCAL_HEADER, new ArrayList<>(rows.values())));
        if (before == null) {
            files.put(Source.FILE, CsvTable.write(Source.HEADER, List.of(source(map, by))));
        }
        return files;
    }

    /** Sorts by sender, then code. */
    private static String key(List<String> row) {
        return row.get(0) + "\0" + row.get(1);
    }

    private static List<String> source(ConceptMap map, String by) {
        return List.of(
                Kind.LOCAL_DICTIONARY.word(),
                map.name(),
                "",
                "",
                "",
                map.origin().title(),
                "",
                "",
                "Local codes, first mapped by " + by,
                "V",
                "");
    }
}
