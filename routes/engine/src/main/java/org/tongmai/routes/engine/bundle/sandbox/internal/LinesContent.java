package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.tongmai.standards.table.CsvTable;

/**
 * Lines of cells: the segments of an HL7 v2 message, the rows of a CSV file, or plain text. How lines end makes no
 * difference. Places are {@code MSH-7}, {@code PID[2]-3}, {@code line 2 cell 5}.
 */
final class LinesContent implements GoldenContent {
    static final char HL7 = '|';
    static final char CSV = ',';
    static final char NONE = '\0';

    private static final String NOTHING = "nothing";

    private final char separator;

    /** @param separator of cells; NUL for none */
    LinesContent(char separator) {
        this.separator = separator;
    }

    @Override
    public List<Difference> compare(byte[] found, byte[] pattern) {
        List<Difference> differences = new ArrayList<>();
        List<List<String>> lines = cells(found);
        List<List<String>> expected = cells(pattern);
        for (int i = 0; i < Math.max(lines.size(), expected.size()); i++) {
            if (i >= lines.size() || i >= expected.size()) {
                List<String> there = i < lines.size() ? lines.get(i) : expected.get(i);
                String text = String.join(String.valueOf(separator), there);
                boolean missing = i >= lines.size();
                differences.add(new Difference(
                        place(missing ? expected : lines, i, -1), missing ? NOTHING : text, missing ? text : NOTHING));
                continue;
            }
            compare(lines, expected, i, differences);
        }
        return differences;
    }

    private void compare(List<List<String>> lines, List<List<String>> expected, int i, List<Difference> differences) {
        List<String> line = lines.get(i);
        List<String> wanted = expected.get(i);
        for (int cell = 0; cell < Math.max(line.size(), wanted.size()); cell++) {
            String value = cell < line.size() ? line.get(cell) : "";
            String want = cell < wanted.size() ? wanted.get(cell) : "";
            if (!want.equals(ANYTHING) && !want.equals(value)) {
                differences.add(new Difference(place(lines, i, cell), shown(value), shown(want)));
            }
        }
    }

    private static String shown(String text) {
        return text.isEmpty() ? NOTHING : text;
    }

    /** The cell's place; MSH-1 is the separator itself, so that the fields of MSH count from 2. */
    private String place(List<List<String>> lines, int line, int cell) {
        if (separator != HL7) {
            return "line " + (line + 1) + (cell < 0 || separator == NONE ? "" : " cell " + (cell + 1));
        }
        String name = lines.get(line).get(0);
        long occurrence = lines.subList(0, line + 1).stream()
                .filter(each -> each.get(0).equals(name))
                .count();
        int field = name.equals("MSH") ? cell + 1 : cell;
        return name + (occurrence > 1 ? "[" + occurrence + "]" : "") + (cell < 1 ? "" : "-" + field);
    }

    @Override
    public byte[] generalised(byte[] content, byte[] pattern) {
        return combined(content, pattern, (cell, other) -> other.equals(ANYTHING) ? ANYTHING : cell);
    }

    @Override
    public byte[] varying(byte[] first, byte[] second) {
        return combined(first, second, (cell, other) -> other.equals(cell) ? cell : ANYTHING);
    }

    private byte[] combined(byte[] content, byte[] other, BinaryOperator<String> cell) {
        List<List<String>> lines = cells(content);
        List<List<String>> others = cells(other);
        List<List<String>> made = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> line = new ArrayList<>(lines.get(i));
            List<String> beside = i < others.size() ? others.get(i) : List.of();
            for (int j = 0; j < Math.min(line.size(), beside.size()); j++) {
                line.set(j, cell.apply(line.get(j), beside.get(j)));
            }
            made.add(line);
        }
        return written(made).getBytes(StandardCharsets.UTF_8);
    }

    private String written(List<List<String>> lines) {
        if (separator == CSV) {
            return lines.isEmpty() ? "" : CsvTable.write(lines.get(0), lines.subList(1, lines.size()));
        }
        StringBuilder out = new StringBuilder();
        String between = separator == NONE ? "" : String.valueOf(separator);
        for (List<String> line : lines) {
            out.append(String.join(between, line)).append(separator == HL7 ? "\r" : "\n");
        }
        return out.toString();
    }

    private List<List<String>> cells(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        List<List<String>> lines = new ArrayList<>();
        if (separator == CSV) {
            CsvTable table = CsvTable.read("", text);
            if (!table.header().isEmpty()) {
                lines.add(table.header());
            }
            table.rows().forEach(row -> lines.add(row.cells()));
            return lines;
        }
        for (String line : text.split("\r\n|\r|\n", -1)) {
            lines.add(separator == HL7 ? List.of(line.split("\\|", -1)) : List.of(line));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).equals(List.of(""))) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }
}
