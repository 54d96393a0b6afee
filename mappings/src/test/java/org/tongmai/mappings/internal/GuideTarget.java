package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.tongmai.standards.hl7v2.Hl7Message;

/**
 * An element that a row of the guide writes.
 *
 * @param type resource or data type it belongs to
 * @param path element, no indexes; empty for the whole
 * @param datatype data type table for what is below it; empty or unknown when the guide does not say
 * @param row the row, with what is to be written
 * @param kind what the row's table is about
 */
record GuideTarget(String type, String path, String datatype, GuideRow row, Kind kind) {
    /** The kinds of tables. */
    enum Kind {
        SEGMENT,
        DATATYPE,
        MESSAGE
    }

    private static final Pattern INDEX = Pattern.compile("\\[[^\\].(]*[\\]}]?");
    private static final Pattern ASSIGNED = Pattern.compile("([A-Z][A-Za-z]+)[^.]*\\.([A-Za-z.\\[\\]0-9-]+)\\s*=");
    private static final Pattern UNVALUED = Pattern.compile("(?i)not valued|empty");
    /** Data types that the guide writes like references to resources. */
    private static final Set<String> INLINE = Set.of("Annotation");

    /** What a row of a segment or data type table writes. */
    static List<GuideTarget> of(GuideRow row, Kind kind) {
        String made = row.table().replaceAll(".*\\[(.*)]", "$1").replaceAll("-.*", "");
        String[] element = made.split("\\.", 2);
        String before = element.length == 1 ? "" : element[1] + ".";
        return steps(element[0], before + row.corrected(), row, kind);
    }

    /** What a row of a message table writes: its target, if that is an element, and its references. */
    static List<GuideTarget> ofMessage(GuideRow row) {
        List<GuideTarget> made = new ArrayList<>();
        for (MatchResult said : ASSIGNED.matcher(row.datatype()).results().toList()) {
            String path = said.group(2).replaceAll("target$", "target.reference");
            made.add(new GuideTarget(said.group(1), plain(path), "", row, Kind.MESSAGE));
        }
        String[] element = row.target().split("\\.", 2);
        if (element.length > 1) {
            made.addAll(steps(element[0].replaceAll("\\[.*", ""), element[1], row, Kind.MESSAGE));
        }
        return made;
    }

    /** {@code sender(Organization.address.country)} writes a reference and the country of an organization. */
    private static List<GuideTarget> steps(String type, String written, GuideRow row, Kind kind) {
        List<GuideTarget> made = new ArrayList<>();
        String path = INDEX.matcher(written.replaceAll("\\s|=.*", "")).replaceAll("");
        String owner = type;
        String before = "";
        String[] steps = path.replace(")", "").split("\\(", -1);
        for (int i = 0; i < steps.length; i++) {
            boolean last = i == steps.length - 1;
            String named = steps[i].replaceAll("[.].*", "");
            String step = i == 0 ? steps[i] : steps[i].replaceAll("^[A-Za-z|]*\\.?", "");
            if (i > 0 && !INLINE.contains(named)) {
                owner = named;
                before = "";
            }
            step = before + step;
            if (!last && INLINE.contains(steps[i + 1].replaceAll("[.].*", ""))) {
                before = step + ".";
                continue;
            }
            String element = last ? step : step.replaceAll("\\.?reference$", "") + ".reference";
            for (String each : owner.split("\\|")) {
                made.add(new GuideTarget(each, plain(element), last ? row.datatype() : "", row, kind));
            }
        }
        return made;
    }

    private static String plain(String path) {
        String clean = INDEX.matcher(path).replaceAll("").replaceAll("^\\$this\\.?|^\\.|\\.$", "");
        String lower = clean.isEmpty() ? "" : clean.substring(0, 1).toLowerCase(Locale.ROOT) + clean.substring(1);
        return lower.replaceAll("\\.uri$", ".url");
    }

    /** Whether this is the element itself; {@code occurred} of the guide is {@code occurredDateTime} in FHIR. */
    boolean is(String element) {
        if (element.equals(path)) {
            return true;
        }
        String rest = !path.isEmpty() && element.startsWith(path) ? element.substring(path.length()) : "";
        return !rest.isEmpty() && Character.isUpperCase(rest.charAt(0)) && !rest.contains(".");
    }

    /** What is below this element in another one's path; null when that is not below. */
    String below(String element) {
        if (path.isEmpty()) {
            return element;
        }
        return element.startsWith(path + ".") ? element.substring(path.length() + 1) : null;
    }

    /** Whether the row may write this value here: what it assigns is no other one. */
    boolean assigns(String value) {
        return row.constant().isEmpty()
                || path.endsWith("reference")
                || row.constant().equals(value);
    }

    /**
     * Whether the message says what the row reads: its segment is there and its field is valued, unless the row is for
     * when it is not. A data type's row reads whatever is of that type.
     */
    boolean reads(Hl7Message message) {
        if (kind == Kind.DATATYPE) {
            return true;
        }
        String source = kind == Kind.MESSAGE ? row.segment() : row.source();
        String term = UNVALUED.matcher(row.condition()).find() ? source.replaceAll("-.*", "") : source;
        return MessageTerms.hold(term.isEmpty() ? row.table().substring(0, 3) : term, message);
    }

    /** The row as the rules name it. */
    String name() {
        return name(row, kind);
    }

    static String name(GuideRow row, Kind kind) {
        return (row.table() + " " + (kind == Kind.MESSAGE ? row.segment() : row.source())).trim();
    }
}
