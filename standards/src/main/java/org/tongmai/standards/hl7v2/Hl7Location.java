package org.tongmai.standards.hl7v2;

/**
 * Where in a message an issue is: {@code PID-3}, {@code PV1[2]-44}, {@code PID-3[2].4}, {@code MSH}. What is not of
 * that form (a FHIR path) has no place in an ERR segment and parses as nowhere.
 *
 * @param segment three characters; empty for nowhere
 * @param sequence which of the segments of that name, from 1
 * @param field 0 for the segment as a whole
 * @param repetition from 1
 * @param component 0 for the field as a whole
 */
record Hl7Location(String segment, int sequence, int field, int repetition, int component) {
    private static final Hl7Location NOWHERE = new Hl7Location("", 0, 0, 0, 0);
    private static final int NAME = 3;
    private static final int MOST_DIGITS = 5;

    static Hl7Location parse(String location) {
        if (location.length() < NAME || !location.chars().limit(NAME).allMatch(Hl7Location::isOfName)) {
            return NOWHERE;
        }
        Cursor cursor = new Cursor(location, NAME);
        int sequence = cursor.bracketed();
        int field = cursor.after('-');
        int repetition = cursor.bracketed();
        int component = cursor.after('.');
        return cursor.atEnd()
                ? new Hl7Location(location.substring(0, NAME), sequence, field, repetition, component)
                : NOWHERE;
    }

    /** ERR-2 (data type ERL) with the given component separator. */
    String text(char separator) {
        if (segment.isEmpty()) {
            return "";
        }
        StringBuilder out =
                new StringBuilder(16).append(segment).append(separator).append(sequence);
        if (field > 0) {
            out.append(separator).append(field);
            if (repetition > 1 || component > 0) {
                out.append(separator).append(repetition);
            }
            if (component > 0) {
                out.append(separator).append(component);
            }
        }
        return out.toString();
    }

    String sequenceText() {
        return segment.isEmpty() ? "" : Integer.toString(sequence);
    }

    String fieldText() {
        return field == 0 ? "" : Integer.toString(field);
    }

    private static boolean isOfName(int c) {
        return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text, int at) {
            this.text = text;
            this.at = at;
        }

        int bracketed() {
            if (at >= text.length() || text.charAt(at) != '[') {
                return 1;
            }
            at++;
            int number = number();
            if (at < text.length() && text.charAt(at) == ']') {
                at++;
            }
            return Math.max(1, number);
        }

        int after(char mark) {
            if (at >= text.length() || text.charAt(at) != mark) {
                return 0;
            }
            at++;
            return number();
        }

        boolean atEnd() {
            return at == text.length();
        }

        private int number() {
            int from = at;
            while (at < text.length() && at - from < MOST_DIGITS && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return at == from ? 0 : Integer.parseInt(text, from, at, 10);
        }
    }
}
