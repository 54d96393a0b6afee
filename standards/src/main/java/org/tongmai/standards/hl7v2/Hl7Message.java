package org.tongmai.standards.hl7v2;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HL7 v2 message as a view on its text: segments are found once, fields when asked for, and no string is made
 * before somebody reads a value. For one thread at a time. Any of {@code \r}, {@code \n} and {@code \r\n} ends a
 * segment. Never changes the text and never fails: what is not there is empty.
 *
 * <pre>{@code
 * Hl7Message message = Hl7Message.parse(text);
 * String control = message.header().field(10).text();
 * }</pre>
 */
public final class Hl7Message {
    private final String text;
    private final Charset charset;
    private final Hl7Delimiters delimiters;
    private final List<Hl7Segment> segments;
    private final Hl7Value nothing = new Hl7Value(this, 0, 0, Hl7Value.SUBCOMPONENT);
    /** Counted in one pass when first asked for. */
    private Map<Hl7Segment, Integer> occurrences;

    private Hl7Message(String text, Charset charset, Hl7Delimiters delimiters, List<Hl7Segment> segments) {
        this.text = text;
        this.charset = charset;
        this.delimiters = delimiters;
        this.segments = segments;
    }

    /** Reads a decoded message; hexadecimal escapes are taken as UTF-8. */
    public static Hl7Message parse(String text) {
        return parse(text, StandardCharsets.UTF_8);
    }

    /**
     * Reads a decoded message.
     *
     * @param text the message without frame marks and byte order mark
     * @param charset what {@code \X..\} escapes are written in
     */
    public static Hl7Message parse(String text, Charset charset) {
        int start = 0;
        int length = text.length();
        while (start < length && text.charAt(start) <= ' ') {
            start++;
        }
        int end = segmentEnd(text, start);
        Hl7Delimiters delimiters =
                startsWithHeader(text, start) ? Hl7Delimiters.read(text, start, end) : Hl7Delimiters.STANDARD;
        List<Hl7Segment> segments = new ArrayList<>(16);
        Hl7Message message = new Hl7Message(text, charset, delimiters, Collections.unmodifiableList(segments));
        while (start < length) {
            end = segmentEnd(text, start);
            if (end > start && !blank(text, start, end)) {
                segments.add(new Hl7Segment(message, start, end));
            }
            start = end + 1;
        }
        return message;
    }

    private static boolean startsWithHeader(String text, int start) {
        return text.startsWith("MSH", start) || text.startsWith("FHS", start) || text.startsWith("BHS", start);
    }

    private static boolean blank(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    private static int segmentEnd(String text, int start) {
        int length = text.length();
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                return i;
            }
        }
        return length;
    }

    /** The segments in the order they were sent, unknown ones included. */
    public List<Hl7Segment> segments() {
        return segments;
    }

    /** The first segment with this name, or null. */
    public Hl7Segment first(String name) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).is(name)) {
                return segments.get(i);
            }
        }
        return null;
    }

    /** The first segment, which must be MSH in a message, or null in an empty text. */
    public Hl7Segment header() {
        return segments.isEmpty() ? null : segments.get(0);
    }

    /** Which of the segments with its name this one is, 1 for the first. */
    public int occurrence(Hl7Segment segment) {
        if (occurrences == null) {
            Map<String, Integer> counts = new HashMap<>();
            Map<Hl7Segment, Integer> found = new IdentityHashMap<>(segments.size());
            segments.forEach(each -> found.put(each, counts.merge(each.name(), 1, Integer::sum)));
            occurrences = found;
        }
        return occurrences.getOrDefault(segment, 0);
    }

    /** How many values it has, by a coarse measure: its segments and the repetition separators of its text. */
    public int width() {
        int width = segments.size();
        char separator = delimiters.repetition();
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
            width++;
        }
        return width;
    }

    public Hl7Delimiters delimiters() {
        return delimiters;
    }

    String text() {
        return text;
    }

    /** What was not sent. */
    Hl7Value nothing() {
        return nothing;
    }

    Charset charset() {
        return charset;
    }

    @Override
    public String toString() {
        return "Hl7Message[" + segments.size() + " segments]";
    }
}
