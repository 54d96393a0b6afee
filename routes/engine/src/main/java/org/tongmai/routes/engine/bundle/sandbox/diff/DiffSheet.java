package org.tongmai.routes.engine.bundle.sandbox.diff;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.table.CsvTable;

/** The report as a sheet to sign: CSV for a spreadsheet, HTML for paper. */
public final class DiffSheet {
    private static final List<String> HEADER =
            List.of("message_type", "output", "field", "messages", "before", "after");

    private DiffSheet() {}

    /** One line for each field that changed, with its first sample (RFC 4180, UTF-8). */
    public static String csv(DiffReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (DiffReport.Change change : report.changes()) {
            DiffReport.Sample sample = change.samples().get(0);
            rows.add(List.of(
                    safe(change.messageType()),
                    safe(change.output()),
                    safe(change.field()),
                    Long.toString(change.count()),
                    safe(sample.before()),
                    safe(sample.after())));
        }
        return CsvTable.write(HEADER, rows);
    }

    /** What a spreadsheet would run as a formula gets an apostrophe in front. */
    private static String safe(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** A page without scripts: who compared what, every field that changed with its samples, and lines to sign on. */
    public static String html(DiffReport report) {
        StringBuilder out = new StringBuilder(
                """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Replay-diff</title>
                <style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}
                td,th{border:1px solid #888;padding:.3em .6em;text-align:left;vertical-align:top}
                .n{text-align:right}</style></head><body>
                """);
        out.append("<h1>Replay-diff of ")
                .append(escaped(report.after().bundle()))
                .append("</h1>\n<table>\n");
        version("Runs now", report.before(), out);
        version("Candidate", report.after(), out);
        row(out, "Messages", report.span(), report.messages() + " ran, " + report.changed() + " changed");
        out.append("</table>\n<h2>").append(report.changes().size()).append(" fields changed</h2>\n<table>\n");
        out.append("<tr><th>Message</th><th>Output</th><th>Field</th><th>Messages</th><th>Before → after</th></tr>\n");
        for (DiffReport.Change change : report.changes()) {
            out.append("<tr><td>").append(escaped(change.messageType())).append("</td><td>");
            out.append(escaped(change.output())).append("</td><td>").append(escaped(change.field()));
            out.append("</td><td class=\"n\">").append(change.count()).append("</td><td>");
            for (DiffReport.Sample sample : change.samples()) {
                out.append(sample.message())
                        .append(": ")
                        .append(value(sample.before()))
                        .append(" → ");
                out.append(value(sample.after())).append("<br>");
            }
            out.append("</td></tr>\n");
        }
        out.append("</table>\n<p>Values that may say whose a message is are shown by their shape.</p>\n");
        out.append("<h2>Signed off</h2>\n<table><tr><th>Name</th><th>Date</th><th>Signature</th></tr>");
        out.append("<tr><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td></tr></table>\n</body></html>\n");
        return out.toString();
    }

    private static void version(String what, DiffReport.Version version, StringBuilder out) {
        row(out, what, version.bundle() + " " + version.version(), "SM3 " + version.digest());
    }

    private static void row(StringBuilder out, String... cells) {
        out.append("<tr>");
        for (String cell : cells) {
            out.append("<td>").append(escaped(cell)).append("</td>");
        }
        out.append("</tr>\n");
    }

    private static String value(String text) {
        return text.isEmpty() ? "<i>nothing</i>" : escaped(text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
