package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes {@code COVERAGE.md}, and reads the figures of the one that is committed. */
final class CoverageReport {
    private static final Pattern FIGURE = Pattern.compile("\\| ([^|]+?) \\| (\\d+) \\| (\\d+) \\| .*");

    private final StringBuilder summary = new StringBuilder();
    private final StringBuilder tables = new StringBuilder();
    private final StringBuilder left = new StringBuilder();
    private final Map<String, Integer> figures = new TreeMap<>();
    private int rows;
    private int done;

    /** One row of the guide that no golden message executed; the reason is empty where it is still to do. */
    record Left(GuideRow row, String reason) {}

    void kind(String title, Map<String, List<GuideRow>> guide, Map<String, List<Left>> leftByTable, OurMaps maps) {
        tables.append("\n## ").append(title).append("\n\n| table | rows | executed | with a reason | open | ours |\n");
        tables.append("|---|---|---|---|---|---|\n");
        int kindRows = 0;
        int kindLeft = 0;
        int kindOpen = 0;
        for (Map.Entry<String, List<GuideRow>> table : guide.entrySet()) {
            List<Left> leftHere = leftByTable.getOrDefault(table.getKey(), List.of());
            int open = (int)
                    leftHere.stream().filter(row -> row.reason().isEmpty()).count();
            int total = table.getValue().size();
            line(table.getKey(), total, total - leftHere.size());
            tables.append(leftHere.size() - open).append(" | ").append(open).append(" | ");
            tables.append(String.join(", ", maps.following(table.getKey()))).append(" |\n");
            kindRows += total;
            kindLeft += leftHere.size();
            kindOpen += open;
            leftHere.forEach(this::left);
        }
        sum(title, kindRows, kindRows - kindLeft, kindOpen);
    }

    void codes(Map<String, List<GuideTables.Code>> guide, Map<String, List<GuideCoverage.Codes>> ours) {
        tables.append("\n## Code tables\n\nEvery code is translated and compared with the guide; a code that becomes ");
        tables.append(
                "something else says why in its row.\n\n| table | rows | same | otherwise, with a reason | missing | ours |\n");
        tables.append("|---|---|---|---|---|---|\n");
        int kindRows = 0;
        int kindSame = 0;
        int kindOpen = 0;
        for (Map.Entry<String, List<GuideTables.Code>> table : guide.entrySet()) {
            List<GuideCoverage.Codes> found = ours.get(table.getKey());
            GuideCoverage.Codes best = found.get(0);
            line(table.getKey(), table.getValue().size(), best.same());
            tables.append(best.other()).append(" | ").append(best.missing()).append(" | ");
            List<String> names = new ArrayList<>();
            found.forEach(codes -> names.add(codes.map()));
            tables.append(table.getValue().isEmpty() ? "the guide's table is empty" : String.join(", ", names));
            tables.append(" |\n");
            kindRows += table.getValue().size();
            kindSame += best.same();
            kindOpen += best.missing();
        }
        sum("Code tables", kindRows, kindSame, kindOpen);
    }

    private void line(String table, int total, int executed) {
        figures.put(table, executed);
        tables.append("| ")
                .append(table)
                .append(" | ")
                .append(total)
                .append(" | ")
                .append(executed)
                .append(" | ");
    }

    private void left(Left entry) {
        GuideRow row = entry.row();
        left.append("| ")
                .append(cell(row.table()))
                .append(" | ")
                .append(cell(row.source()))
                .append(" | ");
        left.append(cell(row.target())).append(" | ").append(entry.reason().isEmpty() ? "open" : cell(entry.reason()));
        left.append(" |\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private void sum(String title, int total, int executed, int open) {
        rows += total;
        done += executed;
        summary.append("| ")
                .append(title)
                .append(" | ")
                .append(total)
                .append(" | ")
                .append(executed)
                .append(" | ");
        summary.append(total - executed - open).append(" | ").append(open).append(" |\n");
    }

    /** Executed rows by table. */
    Map<String, Integer> figures() {
        return figures;
    }

    double share() {
        return 100.0 * done / rows;
    }

    String text() {
        return """
                # Coverage of the HL7 v2-to-FHIR guide

                Computed by `GuideCoverageTest` from the guide's tables and the rows that the golden messages executed;
                written by `-Dgolden.write=true`, never by hand. A row counts when a golden message made one of our rows read
                the same field and write the same element, with the guide's constant, and by the guide's code table where it
                names one that changes codes. What is meant by a target the guide misspells is in `coverage/corrections.csv`,
                why a row is not done in `coverage/reasons.csv`.

                | kind | rows mapped by the guide | executed | with a reason | open |
                |---|---|---|---|---|
                """
                + summary
                + "| all | " + rows + " | " + done + " | | |\n"
                + tables
                + "\n## Rows not executed\n\n| table | source | target | reason |\n|---|---|---|---|\n"
                + left;
    }

    /** The executed rows by table as a committed report says. */
    static Map<String, Integer> figures(String report) {
        Map<String, Integer> figures = new HashMap<>();
        report.lines().forEach(line -> {
            Matcher figure = FIGURE.matcher(line);
            if (figure.matches()) {
                figures.put(figure.group(1), Integer.parseInt(figure.group(3)));
            }
        });
        return figures;
    }
}
