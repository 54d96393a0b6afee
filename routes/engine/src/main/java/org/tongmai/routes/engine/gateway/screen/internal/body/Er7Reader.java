package org.tongmai.routes.engine.gateway.screen.internal.body;

import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;

/** HL7 v2 in its vertical-bar encoding (HL7 v2.5.1 2.5): the parts of a field are values, a tag may lie across them. */
final class Er7Reader {
    private static final int SHORTEST = 8;

    private final Inspection inspection;
    private char fieldMark;
    /** Component, repetition and subcomponent separator; the escape character is the fourth. */
    private String marks;

    private Er7Reader(String message, Inspection inspection) {
        this.inspection = inspection;
        marks(message);
    }

    private void marks(String header) {
        this.fieldMark = header.charAt(3);
        this.marks = header.substring(4, SHORTEST);
    }

    /** Whether a text is a message, or a batch of some, from there on. */
    static boolean isMessage(String text, int from) {
        if (!isHeader(text, from)) {
            return false;
        }
        for (int i = from + 3; i < from + SHORTEST; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || i == from + 3 && Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a segment begins that says by which characters those behind it are parted (HL7 v2.5.1 2.5.4, 2.10.3). */
    private static boolean isHeader(String text, int from) {
        return from + SHORTEST <= text.length()
                && (text.startsWith("MSH", from) || text.startsWith("FHS", from) || text.startsWith("BHS", from))
                && !Character.isLetterOrDigit(text.charAt(from + 3));
    }

    static void read(String text, Inspection inspection) throws Refused {
        int from = Nested.first(text);
        if (!isHeader(text, from)) {
            inspection.value(text, new Field("", () -> Place.of(Place.Kind.HL7)));
            return;
        }
        String message = text.substring(from);
        new Er7Reader(message, inspection).segments(message);
    }

    private void segments(String message) throws Refused {
        int start = 0;
        while (start < message.length()) {
            int end = start;
            while (end < message.length() && message.charAt(end) != '\r' && message.charAt(end) != '\n') {
                end++;
            }
            fields(message.substring(start, end));
            start = end + 1;
        }
    }

    private void fields(String segment) throws Refused {
        boolean header = isHeader(segment, 0);
        if (header) {
            marks(segment);
        }
        int number = header ? 1 : 0;
        int start = 0;
        while (start <= segment.length()) {
            int end = segment.indexOf(fieldMark, start);
            end = end < 0 ? segment.length() : end;
            if (number > 0 && !(header && number <= 2) && end > start) {
                field(
                        segment.substring(start, end),
                        (segment.length() < 3 ? "" : segment.substring(0, 3)) + "-" + number);
            }
            number++;
            start = end + 1;
        }
    }

    private void field(String value, String name) throws Refused {
        Field field = new Field(name, () -> new Place(Place.Kind.HL7, name));
        boolean parts = value.chars().anyMatch(c -> separates((char) c));
        if (!parts || value.indexOf('<') >= 0) {
            inspection.value(unescape(value), field);
        }
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean ends = i == value.length() || separates(value.charAt(i));
            if (ends && i > start && i - start < value.length()) {
                inspection.value(unescape(value.substring(start, i)), field);
            }
            start = ends ? i + 1 : start;
        }
    }

    private boolean separates(char c) {
        return c == marks.charAt(0) || c == marks.charAt(1) || c == marks.charAt(3);
    }

    /** Escape sequences of HL7 v2.5.1 2.7; formatting becomes a space. */
    private String unescape(String value) {
        char escape = marks.charAt(2);
        if (value.indexOf(escape) < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            int end = value.charAt(i) == escape ? value.indexOf(escape, i + 1) : -1;
            String sequence = end < 0 ? null : sequence(value.substring(i + 1, end));
            if (sequence == null) {
                text.append(value.charAt(i));
            } else {
                text.append(sequence);
                i = end;
            }
        }
        return text.toString();
    }

    private String sequence(String name) {
        int mark = "FSRET".indexOf(name.isEmpty() ? 0 : name.charAt(0));
        if (name.length() == 1 && mark >= 0) {
            return String.valueOf(mark == 0 ? fieldMark : marks.charAt(mark - 1));
        }
        if (name.startsWith("X")
                && name.length() % 2 == 1
                && name.length() > 1
                && name.substring(1).matches("[0-9A-Fa-f]+")) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i < name.length(); i += 2) {
                text.append((char) Integer.parseInt(name.substring(i, i + 2), 16));
            }
            return text.toString();
        }
        return name.startsWith(".") || name.equals("H") || name.equals("N") ? " " : null;
    }
}
