package org.tongmai.standards.terminology.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.standards.table.CsvTable;

/** Lays one set of tables over another: tables take the place of tables, rows of the two lists that of rows. */
public final class TableMerge {
    private TableMerge() {}

    /** The tables below with those above over them. */
    public static Map<String, String> over(Map<String, String> below, Map<String, String> above) {
        Map<String, String> merged = new HashMap<>(below);
        above.forEach((file, text) -> {
            boolean list = file.equals(Source.FILE) || file.equals(PropertyRows.FILE);
            merged.put(file, list && below.containsKey(file) ? rows(below.get(file), text) : text);
        });
        return merged;
    }

    /** Both lists are keyed by their first two columns. */
    private static String rows(String below, String above) {
        Map<String, List<String>> rows = new TreeMap<>();
        CsvTable first = CsvTable.read("", below);
        for (CsvTable table : List.of(first, CsvTable.read("", above))) {
            table.rows().forEach(row -> rows.put(row.cell(0) + "\n" + row.cell(1), row.cells()));
        }
        return CsvTable.write(first.header(), new ArrayList<>(rows.values()));
    }
}
