package org.tongmai.standards.terminology.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.TerminologyService.RowChange;

/** What differs between two contents of a table, row by row. */
public final class TableDiff {
    private TableDiff() {}

    /** The rows that differ, sorted by key. */
    public static List<RowChange> of(String file, String before, String after) {
        Map<String, String> old = rows(file, before);
        Map<String, String> now = rows(file, after);
        Map<String, RowChange> changes = new TreeMap<>();
        old.forEach((key, row) -> {
            if (!row.equals(now.get(key))) {
                changes.put(key, new RowChange(file, key, row, now.getOrDefault(key, "")));
            }
        });
        now.forEach((key, row) -> {
            if (!old.containsKey(key)) {
                changes.put(key, new RowChange(file, key, "", row));
            }
        });
        return new ArrayList<>(changes.values());
    }

    private static Map<String, String> rows(String file, String text) {
        Map<String, String> rows = new TreeMap<>();
        for (CsvTable.Row row : CsvTable.read(file, text).rows()) {
            String line = CsvTable.write(row.cells(), List.of()).stripTrailing();
            rows.merge(key(file, row.cells()), line, (one, other) -> one + "\n" + other);
        }
        return rows;
    }

    /** The columns that tell rows apart. */
    private static String key(String file, List<String> cells) {
        if (file.startsWith(Kind.VALUE_SET.folder())) {
            return String.join(",", cells);
        }
        boolean twoColumns = file.startsWith(Kind.LOCAL_DICTIONARY.folder())
                || file.equals(Source.FILE)
                || file.equals(PropertyRows.FILE);
        return twoColumns && cells.size() > 1 ? cells.get(0) + "," + cells.get(1) : cells.get(0);
    }
}
