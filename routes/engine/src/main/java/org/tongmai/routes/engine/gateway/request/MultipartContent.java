package org.tongmai.routes.engine.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a multipart content (RFC 2046, 5.1) in the one way all of the gateway reads it. */
public final class MultipartContent {
    private static final int LONGEST_BOUNDARY = 70;
    private static final int LONGEST_HEADER = 8192;
    private static final Set<String> FILE_NAMES = Set.of("filename", "filename*");
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)[;\\s]boundary\\s*=\\s*(\"[^\"\\\\\\s]+\"|[^;,\"\\s]+)\\s*(?:;|$)");
    private static final Pattern SAID = Pattern.compile("(?i)boundary\\s*=");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)\\bfilename(\\*\\d*\\*?)?\\s*=");

    private MultipartContent() {}

    /** Whether a Content-Type says it is multipart and two readers could find two boundaries in it, or one of them none. */
    public static boolean isAmbiguous(String contentType) {
        if (!contentType.strip().regionMatches(true, 0, "multipart/", 0, 10)) {
            return false;
        }
        return SAID.matcher(contentType).results().count() != 1
                || !BOUNDARY.matcher(contentType).find();
    }

    /** The boundary a Content-Type names; empty where it names none. */
    public static String boundary(String contentType) {
        Matcher found = BOUNDARY.matcher(contentType);
        return found.find() ? found.group(1).replace("\"", "") : "";
    }

    /**
     * @param fields its header by names in small letters, folded lines joined; a character is a byte (ISO 8859-1)
     * @param content its bytes
     */
    public record Part(Map<String, String> fields, byte[] content) {
        /** A field, as ISO 8859-1; empty where it is not there. */
        public String field(String name) {
            return fields.getOrDefault(name, "");
        }

        /** How services read it (RFC 7578, 4.2). */
        public Reading reading() {
            String disposition = field("content-disposition");
            List<String> said = FILE_NAME
                    .matcher(disposition)
                    .results()
                    .map(found -> found.group(1) == null ? "filename" : "filename" + found.group(1))
                    .toList();
            if (said.isEmpty()) {
                return Reading.VALUE;
            }
            boolean named = said.stream()
                    .anyMatch(name -> !FieldParameter.of(disposition, name).isEmpty());
            boolean onlyOnce =
                    FILE_NAMES.containsAll(said) && said.stream().distinct().count() == said.size();
            return named && onlyOnce && FieldParameter.isClear(disposition) ? Reading.FILE : Reading.EITHER;
        }

        /** Shows nothing of it: names of files name patients. */
        @Override
        public String toString() {
            return "Part[" + content.length + " bytes]";
        }
    }

    /** What a part is. */
    public enum Reading {
        /** The value of a parameter: it names no file. */
        VALUE,
        /** A file: it names one. */
        FILE,
        /** A file to some and a value to others: it says so twice, without a name, or as not all read it. */
        EITHER
    }

    /** A content that is not multipart, or in more than one way. */
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String how) {
            super(how);
        }
    }

    /** There are more parts than were asked for. */
    public static final class TooMany extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The parts. Two hyphens and the boundary are a delimiter wherever they stand, and only in the form of the RFC: readers
     * differ in what else they take for one.
     *
     * @param boundary without the two hyphens before it
     * @param most parts that are read
     */
    public static List<Part> parts(byte[] body, String boundary, int most) throws Broken, TooMany {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw new Broken("no boundary");
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int at = next(body, delimiter, 0);
        if (at < 0) {
            throw new Broken("no part");
        }
        int line = line(body, delimiter, at);
        while (!last(body, at + delimiter.length)) {
            if (parts.size() == most) {
                throw new TooMany();
            }
            at = next(body, delimiter, line);
            if (at < 0) {
                throw new Broken("the last part has no end");
            }
            parts.add(part(body, line, at - LINE_END.length));
            line = line(body, delimiter, at);
        }
        if (next(body, delimiter, line) >= 0) {
            throw new Broken("a delimiter behind the last");
        }
        return parts;
    }

    /** Where two hyphens and the boundary stand next, or -1. */
    private static int next(byte[] body, byte[] delimiter, int from) {
        for (int i = from; i + delimiter.length <= body.length; i++) {
            if (body[i] == '-' && isAt(body, i, delimiter)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the line of a delimiter ends: at its line end, or that of the content. */
    private static int line(byte[] body, byte[] delimiter, int at) throws Broken {
        boolean begins = at == 0 || at >= LINE_END.length && isAt(body, at - LINE_END.length, LINE_END);
        int after = at + delimiter.length;
        boolean last = last(body, after);
        int end = last ? after + 2 : after;
        while (end < body.length && (body[end] == ' ' || body[end] == '\t')) {
            end++;
        }
        if (!begins || !isAt(body, end, LINE_END) && !(last && end == body.length)) {
            throw new Broken("a delimiter that is not a line");
        }
        return end;
    }

    private static boolean last(byte[] body, int after) {
        return after + 1 < body.length && body[after] == '-' && body[after + 1] == '-';
    }

    private static boolean isAt(byte[] body, int at, byte[] what) {
        return at + what.length <= body.length && Arrays.equals(body, at, at + what.length, what, 0, what.length);
    }

    /**
     * @param start of the line end before its header
     * @param end of the line end before the next delimiter
     */
    private static Part part(byte[] body, int start, int end) throws Broken {
        int blank = start;
        while (blank + BLANK_LINE.length <= end && !isAt(body, blank, BLANK_LINE)) {
            blank++;
        }
        if (blank + BLANK_LINE.length > end || blank - start > LONGEST_HEADER) {
            throw new Broken("the headers of a part have no end");
        }
        return new Part(
                PartFields.read(body, start + LINE_END.length, blank),
                Arrays.copyOfRange(body, blank + BLANK_LINE.length, end));
    }
}
