package org.tongmai.routes.engine.gateway.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a multipart content (RFC 2046, 5.1) in the one way all of the gateway reads it. */
public final class MultipartContent {
    private static final int LONGEST_BOUNDARY = 70;
    private static final int LONGEST_HEADER = 8192;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)[;\\s]boundary\\s*=\\s*(\"[^\"\\\\]*\"|[^;,\"\\s]+)\\s*(?:;|$)");
    private static final Pattern SAID = Pattern.compile("(?i)boundary\\s*=");

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
     * @param fields the lines of its header, without the blank one
     * @param content its bytes
     */
    public record Part(byte[] fields, byte[] content) {}

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
     * @param boundary without the two hyphens before it
     * @param most parts that are read
     */
    public static List<Part> parts(byte[] body, String boundary, int most) throws Broken, TooMany {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw new Broken("no boundary");
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int at = delimiter(body, delimiter, 0);
        if (at < 0) {
            throw new Broken("no part");
        }
        while (!last(body, at + delimiter.length)) {
            if (parts.size() == most) {
                throw new TooMany();
            }
            int start = at + delimiter.length;
            int next = delimiter(body, delimiter, start);
            if (next < 0) {
                throw new Broken("the last part has no end");
            }
            parts.add(part(body, start, next));
            at = next;
        }
        return parts;
    }

    /** The next delimiter at the beginning of a line, or -1. */
    private static int delimiter(byte[] body, byte[] delimiter, int from) {
        for (int i = from; i + delimiter.length <= body.length; i++) {
            if (body[i] == '-'
                    && (i == 0 || body[i - 1] == '\n')
                    && Arrays.equals(body, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean last(byte[] body, int after) {
        return after + 1 < body.length && body[after] == '-' && body[after + 1] == '-';
    }

    private static Part part(byte[] body, int start, int end) throws Broken {
        int blank = start;
        while (blank + BLANK_LINE.length <= end
                && !Arrays.equals(body, blank, blank + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length)) {
            blank++;
        }
        if (blank + BLANK_LINE.length > end || blank - start > LONGEST_HEADER) {
            throw new Broken("the headers of a part have no end");
        }
        int from = blank + BLANK_LINE.length;
        return new Part(
                Arrays.copyOfRange(body, start, blank), Arrays.copyOfRange(body, from, Math.max(from, end - 2)));
    }
}
