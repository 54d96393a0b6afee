package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tongmai.console.domain.patientindex.PatientIndexError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/** Reads tables and collects what is wrong with them. */
public final class TableReader {
    private static final String SOURCES = "sources";

    private final UnaryOperator<String> files;
    private final List<Issue> issues = new ArrayList<>();
    private final Set<String> sourced = new HashSet<>();

    public TableReader(UnaryOperator<String> files) {
        this.files = files;
        for (Row row : read(SOURCES, "table,title,retrieved,source", 1)) {
            if (row.cell(3).isBlank()) {
                row.refuse("the cell 'source' is empty");
            }
            sourced.add(row.cell(0));
        }
    }

    /**
     * Reads one table.
     *
     * @param name of the file without {@code .csv}; it needs a row in {@code sources.csv}
     * @param header that the file must have
     * @param keyCells the first so many cells of a row occur once
     */
    List<Row> rows(String name, String header, int keyCells) {
        if (!sourced.contains(name)) {
            refuse(name, 1, "expected a row in sources.csv");
        }
        return read(name, header, keyCells);
    }

    private List<Row> read(String name, String header, int keyCells) {
        String text = files.apply(name + ".csv");
        if (text == null) {
            refuse(name, 1, "the file is absent");
            return List.of();
        }
        CsvTable table = CsvTable.read(name, text);
        if (!String.join(",", table.header()).equals(header)) {
            refuse(name, 1, "expected the header " + header);
            return List.of();
        }
        if (table.openQuote() > 0) {
            refuse(name, table.openQuote(), "the quote is never closed");
        }
        List<Row> rows = new ArrayList<>(table.rows().size());
        Set<List<String>> keys = new HashSet<>();
        for (CsvTable.Row each : table.rows()) {
            Row row = new Row(name, each.line(), each.cells());
            int found = row.cells().size();
            if (found != table.header().size()) {
                row.refuse(
                        "found " + found + " cells, expected " + table.header().size());
            } else if (!keys.add(row.cells().subList(0, keyCells))) {
                row.refuse("a second row for it");
            } else {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Throws when anything was wrong. */
    public void refuseIfAny() {
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
    }

    void refuse(String name, int line, String what) {
        issues.add(Issue.of(PatientIndexError.BAD_TABLE, name + ".csv:" + line, what));
    }

    /** One row of a table. */
    final class Row {
        private final String table;
        private final int line;
        private final List<String> cells;

        private Row(String table, int line, List<String> cells) {
            this.table = table;
            this.line = line;
            this.cells = cells;
        }

        List<String> cells() {
            return cells;
        }

        String cell(int index) {
            return cells.get(index);
        }

        /** The last cell: the explanation. */
        String because() {
            return cells.get(cells.size() - 1);
        }

        double number(int index) {
            try {
                return Double.parseDouble(cell(index));
            } catch (NumberFormatException e) {
                refuse("cell " + (index + 1) + ": expected a number");
                return 0.5;
            }
        }

        void require(boolean holds, String expected) {
            if (!holds) {
                refuse("expected " + expected);
            }
        }

        void refuse(String what) {
            TableReader.this.refuse(table, line, what);
        }
    }
}
