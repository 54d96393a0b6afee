package org.tongmai.standards.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads RFC 4180 text: comma, double quotes, quotes doubled inside, any line end.
 *
 * @param file name for messages
 * @param header first row
 * @param rows the others, in order
 */
public record CsvTable(String file, List<String> header, List<Row> rows) {

    /** One row and the line it starts on, 1 for the first line of the file. */
    public record Row(int line, List<String> cells) {
        public String cell(int index) {
            return cells.get(index);
        }
    }

    public static CsvTable read(String file, String text) {
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int rowLine = 1;
        int start = !text.isEmpty() && text.charAt(0) == '\uFEFF' ? 1 : 0;
        for (int i = start; i <= text.length(); i++) {
            char c = i == text.length() ? '\n' : text.charAt(i);
            if (quoted && i < text.length()) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    if (cells.size() > 1 || !cells.get(0).isEmpty()) {
                        rows.add(new Row(rowLine, List.copyOf(cells)));
                    }
                    cells.clear();
                    rowLine = line + 1;
                }
            } else if (c != '\r') {
                cell.append(c);
            }
            if (c == '\n') {
                line++;
            }
        }
        return of(file, rows);
    }

    private static CsvTable of(String file, List<Row> rows) {
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0).cells();
        return new CsvTable(file, header, rows.isEmpty() ? List.of() : List.copyOf(rows.subList(1, rows.size())));
    }
}
