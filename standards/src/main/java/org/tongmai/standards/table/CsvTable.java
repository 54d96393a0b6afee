package org.tongmai.standards.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes RFC 4180 text: comma, double quotes, quotes doubled inside, any line end.
 *
 * @param file name for messages
 * @param header first row
 * @param rows the others, in order
 * @param openQuote line of a quote that is never closed, or 0
 */
public record CsvTable(String file, List<String> header, List<Row> rows, int openQuote) {

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
        int quote = 0; // line of the quote that is open
        int line = 1;
        int rowLine = 1;
        int start = !text.isEmpty() && text.charAt(0) == '\uFEFF' ? 1 : 0;
        for (int i = start; i <= text.length(); i++) {
            char c = i == text.length() ? '\n' : text.charAt(i);
            if (quote > 0 && i < text.length()) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quote = 0;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                quote = line;
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
        return of(file, rows, quote);
    }

    private static CsvTable of(String file, List<Row> rows, int openQuote) {
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0).cells();
        List<Row> others = rows.isEmpty() ? List.of() : List.copyOf(rows.subList(1, rows.size()));
        return new CsvTable(file, header, others, openQuote);
    }

    /** Writes rows as text that {@link #read} reads. */
    public static String write(List<String> header, List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        line(header, out);
        rows.forEach(row -> line(row, out));
        return out.toString();
    }

    private static void line(List<String> cells, StringBuilder out) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quoted = cell.indexOf(',') >= 0
                    || cell.indexOf('"') >= 0
                    || cell.indexOf('\n') >= 0
                    || cell.indexOf('\r') >= 0;
            out.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.append('\n');
    }
}
