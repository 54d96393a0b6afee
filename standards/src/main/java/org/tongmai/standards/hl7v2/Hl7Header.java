package org.tongmai.standards.hl7v2;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.MessageKeys;

/**
 * The MSH segment of a message and the few other fields it is found and ordered by. Reads no further than it must and
 * takes what can be taken: any legal separators, HL7 2.1 to 2.9, segments ended by {@code \r}, {@code \n} or both.
 *
 * @param separators of the message; the usual ones where it has none that can be used
 * @param fields MSH-1, MSH-2, … as written; index 0 is MSH-1
 * @param keys what the journal finds the message by
 * @param issues what is wrong with the header, worst first; when one of them refuses, the message can not be taken
 */
public record Hl7Header(Separators separators, List<String> fields, MessageKeys keys, List<Issue> issues) {
    private static final int MSH = 3;
    private static final int LONGEST_CONTROL_ID = 199;
    private static final int MESSAGE_TYPE = 9;
    private static final int CONTROL_ID = 10;
    private static final int VERSION = 12;

    /** The five separators; see HL7 chapter 2.5.4. */
    public record Separators(char field, char component, char repetition, char escape, char subcomponent) {
        /** The recommended ones. */
        public static final Separators USUAL = new Separators('|', '^', '~', '\\', '&');

        /** MSH-2 of a message written with these. */
        public String encodingCharacters() {
            return new String(new char[] {component, repetition, escape, subcomponent});
        }
    }

    public Hl7Header {
        fields = List.copyOf(fields);
        issues = List.copyOf(issues);
    }

    /**
     * Reads the header of a message and refuses what can not be taken.
     *
     * @throws CodedException naming the field of MSH that is missing or wrong
     */
    public static Hl7Header parse(String text) {
        Hl7Header header = scan(text);
        if (header.refused()) {
            throw new CodedException(header.issues, null);
        }
        return header;
    }

    /** Reads what there is of a header; what is wrong with it is in {@link #issues()}. Never throws. */
    public static Hl7Header scan(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
            start++;
        }
        if (!text.startsWith("MSH", start) || text.length() <= start + MSH) {
            return broken(Issue.of(Hl7Error.HEADER_MISSING, "MSH", "expected MSH and its separators first"));
        }
        int end = KeyFields.endOfSegment(text, start);
        List<Issue> issues = new ArrayList<>(0);
        Separators separators = separators(text.substring(start + MSH, end), issues);
        if (separators == null) {
            return new Hl7Header(Separators.USUAL, List.of(), KeyFields.NONE, issues);
        }
        List<String> fields = split(text, start + MSH, end);
        KeyFields found = KeyFields.find(text, end, separators.field());
        if (found.headers() > 0) {
            issues.add(Issue.of(Hl7Error.HEADER_REPEATED, "MSH[2]", "expected one message in a frame, or a batch"));
        }
        MessageKeys keys = found.toKeys(fields, separators);
        check(fields, issues);
        issues.sort((a, b) -> b.severity().compareTo(a.severity()));
        return new Hl7Header(separators, fields, keys, issues);
    }

    /** Says whether an issue of the header refuses the message. */
    public boolean refused() {
        return issues.stream().anyMatch(issue -> issue.severity().refuses());
    }

    /**
     * Returns a field of MSH as written, empty when absent.
     *
     * @param number as in the standard: 1 is the field separator, 10 the control id
     */
    public String field(int number) {
        return number >= 1 && number <= fields.size() ? fields.get(number - 1) : "";
    }

    /** Says nothing of what the header holds. */
    @Override
    public String toString() {
        return "Hl7Header[" + keys + ", " + issues.size() + " issues]";
    }

    private static Hl7Header broken(Issue issue) {
        return new Hl7Header(Separators.USUAL, List.of(), KeyFields.NONE, List.of(issue));
    }

    private static Separators separators(String afterName, List<Issue> issues) {
        char field = afterName.isEmpty() ? '\0' : afterName.charAt(0);
        if (!usable(field)) {
            issues.add(Issue.of(Hl7Error.SEPARATORS_BAD, "MSH-1", "expected a character that is no letter or digit"));
            return null;
        }
        int next = afterName.indexOf(field, 1);
        String encoding = next < 0 ? afterName.substring(1) : afterName.substring(1, next);
        boolean legal = encoding.length() >= 2
                && encoding.chars().allMatch(c -> usable((char) c))
                && encoding.chars().distinct().count() == encoding.length();
        if (!legal) {
            issues.add(Issue.of(
                    Hl7Error.SEPARATORS_BAD,
                    "MSH-2",
                    "found " + encoding.length() + " characters, expected four or five distinct ones that are no"
                            + " letters or digits"));
            return null;
        }
        return new Separators(
                field,
                encoding.charAt(0),
                encoding.charAt(1),
                encoding.length() > 2 ? encoding.charAt(2) : '\0',
                encoding.length() > 3 ? encoding.charAt(3) : '\0');
    }

    private static boolean usable(char c) {
        return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }

    private static List<String> split(String text, int start, int end) {
        char separator = text.charAt(start);
        List<String> fields = new ArrayList<>(24);
        fields.add(String.valueOf(separator));
        int from = start + 1;
        while (from <= end) {
            int to = text.indexOf(separator, from);
            if (to < 0 || to > end) {
                to = end;
            }
            fields.add(text.substring(from, to));
            from = to + 1;
        }
        return fields;
    }

    private static void check(List<String> fields, List<Issue> issues) {
        require(fields, MESSAGE_TYPE, issues);
        require(fields, CONTROL_ID, issues);
        String controlId = at(fields, CONTROL_ID);
        if (controlId.length() > LONGEST_CONTROL_ID) {
            issues.add(Issue.of(
                    Hl7Error.HEADER_FIELD_TOO_LONG,
                    "MSH-10",
                    "found " + controlId.length() + " characters, expected at most " + LONGEST_CONTROL_ID));
        }
        String version = at(fields, VERSION).trim();
        if (version.isEmpty()) {
            issues.add(Issue.of(Hl7Error.VERSION_EMPTY, "MSH-12", "expected 2.1 to 2.9"));
        } else if (!Hl7Version.isKnown(version)) {
            issues.add(Issue.of(Hl7Error.VERSION_UNSUPPORTED, "MSH-12", "expected 2.1 to 2.9"));
        }
    }

    private static void require(List<String> fields, int number, List<Issue> issues) {
        if (at(fields, number).isBlank()) {
            issues.add(Issue.of(Hl7Error.HEADER_FIELD_MISSING, "MSH-" + number, "found nothing"));
        }
    }

    private static String at(List<String> fields, int number) {
        return number <= fields.size() ? fields.get(number - 1) : "";
    }
}
