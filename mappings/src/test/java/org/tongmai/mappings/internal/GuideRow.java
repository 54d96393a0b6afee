package org.tongmai.mappings.internal;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One mapped row of the HL7 v2-to-FHIR guide.
 *
 * @param table for example {@code PID[Patient]}
 * @param source as written, for example {@code PID-3}, {@code XPN.2}, {@code ADT_A01.PV1}
 * @param target as written
 * @param meant the element meant: no indexes, no types, no resource boundaries
 * @param constant what the guide assigns, or empty
 * @param vocabulary concept map named, or the segment map of a message row; or empty
 * @param corrected the target as written, without its misspellings
 * @param datatype data type table named, or the references of a message row; or empty
 * @param condition when the row holds, in the guide's words; or empty
 */
record GuideRow(
        String table,
        String source,
        String target,
        String meant,
        String constant,
        String vocabulary,
        String corrected,
        String datatype,
        String condition) {
    private static final Pattern INDEX = Pattern.compile("\\[[^\\].(]*[\\]}]?");
    private static final Pattern SLICE = Pattern.compile(":[A-Za-z-]+");
    private static final Pattern TYPE = Pattern.compile("\\.?\\([A-Z][A-Za-z|]*");

    /** Where the row reads: {@code PID-3}, {@code .2} of a data type; empty when it names no field. */
    String field() {
        int dot = source.indexOf('.');
        int dash = source.indexOf('-');
        if (dash > 2) {
            return source;
        }
        if (dash > 0) {
            return "." + source.substring(dash + 1); // RI-1 for RI.1
        }
        return dot > 0 && Character.isDigit(source.charAt(dot + 1)) ? source.substring(dot) : "";
    }

    /** The segment groups of a message row, outermost first. */
    List<String> groups() {
        String[] steps = source.split("[.:]");
        return List.of(steps).subList(0, steps.length - 1);
    }

    String segment() {
        return source.substring(source.lastIndexOf('.') + 1);
    }

    /** What a target as written means, without indexes, types and boundaries between resources. */
    static String element(String target) {
        String path = target.replaceAll("\\s", "");
        int equals = path.indexOf('=');
        path = equals < 0 ? path : path.substring(0, equals);
        path = SLICE.matcher(INDEX.matcher(path).replaceAll("")).replaceAll("");
        path = TYPE.matcher(path).replaceAll("").replace(")", "").replaceAll("\\.{2,}", ".");
        StringBuilder out = new StringBuilder();
        for (String step : path.split("\\.")) {
            boolean whole = step.isEmpty() || step.startsWith("$");
            if (!whole) {
                out.append(out.length() == 0 ? "" : ".")
                        .append(step.substring(0, 1).toLowerCase(Locale.ROOT))
                        .append(step.substring(1));
            }
        }
        String clean = out.toString().replaceAll("extension\\.uri$", "extension.url");
        return clean.replaceAll("\\.reference\\.", ".");
    }

    /** What stands between quotation marks in an assignment; empty when it is a formula or a remark. */
    static String constant(String assignment, String target) {
        String text =
                assignment.isBlank() && target.contains("=") ? target.substring(target.indexOf('=') + 1) : assignment;
        String trimmed = text.trim();
        boolean quoted =
                trimmed.length() > 2 && trimmed.startsWith("\"") && trimmed.indexOf('"', 1) == trimmed.length() - 1;
        return quoted ? trimmed.substring(1, trimmed.length() - 1).trim() : "";
    }

    String key() {
        return key(table, source, target);
    }

    /** What a row is known by in the tables beside the maps. */
    static String key(String table, String source, String target) {
        return String.join("|", table, source, target.replaceAll("\\s+", " ").trim());
    }
}
