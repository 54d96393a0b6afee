package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.Utf8;

/** Multipart bodies (RFC 2046 5.1, RFC 7578): names, file names and contents of the parts. */
final class MultipartReader {
    private static final int LONGEST_BOUNDARY = 70;
    private static final int LONGEST_HEADER = 8192;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private MultipartReader() {}

    static void read(Content content, Inspection inspection) throws Refused {
        String boundary = content.boundary();
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw broken("no boundary");
        }
        byte[] body = content.bytes();
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int at = delimiter(body, delimiter, 0);
        if (at < 0) {
            throw broken("no part");
        }
        for (int parts = 1; !last(body, at + delimiter.length); parts++) {
            if (parts > inspection.limits().parts()) {
                throw new Refused(
                        ScreenError.BEYOND_LIMIT,
                        Place.of(Place.Kind.PART),
                        "more than " + inspection.limits().parts() + " parts");
            }
            int start = at + delimiter.length;
            int next = delimiter(body, delimiter, start);
            if (next < 0) {
                throw broken("the last part has no end");
            }
            part(Arrays.copyOfRange(body, start, next), inspection);
            at = next;
        }
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

    private static void part(byte[] part, Inspection inspection) throws Refused {
        int blank = 0;
        while (blank + BLANK_LINE.length <= part.length
                && !Arrays.equals(part, blank, blank + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length)) {
            blank++;
        }
        if (blank + BLANK_LINE.length > part.length || blank > LONGEST_HEADER) {
            throw broken("the headers of a part have no end");
        }
        int from = blank + BLANK_LINE.length;
        byte[] content = Arrays.copyOfRange(part, from, Math.max(from, part.length - 2));
        headers(Utf8.lenient(part, blank), content, inspection);
    }

    private static void headers(String lines, byte[] content, Inspection inspection) throws Refused {
        String disposition = "";
        String type = "";
        for (String line : lines.split("\r\n(?![ \t])")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).replace("\r\n", " ").strip();
            disposition = name.equalsIgnoreCase("content-disposition") ? value : disposition;
            type = name.equalsIgnoreCase("content-type") ? value : type;
            if (name.equalsIgnoreCase("content-transfer-encoding") && !value.matches("(?i)7bit|8bit|binary")) {
                throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.PART), "content-transfer-encoding");
            }
        }
        content(disposition, Content.of(type, content), inspection);
    }

    private static void content(String disposition, Content content, Inspection inspection) throws Refused {
        String name = Content.parameter(disposition, "name");
        Inspection.Spot spot = () -> new Place(Place.Kind.PART, name);
        inspection.name(name, spot);
        String file = Content.parameter(disposition, "filename");
        String extended = Content.parameter(disposition, "filename*");
        inspection.value(Parameters.decode(extended), new Field("filename", spot));
        inspection.value(file, new Field("filename", spot));
        boolean isFile = !file.isEmpty() || !extended.isEmpty();
        if (!isFile && content.type().isEmpty() || content.type().equals("text/plain") && !isFile) {
            inspection.value(content.text(), new Field(name, spot));
        } else {
            Bodies.readPart(content, isFile, inspection);
        }
    }

    private static Refused broken(String how) {
        return new Refused(ScreenError.NOT_ITS_TYPE, Place.of(Place.Kind.BODY), "multipart, " + how);
    }
}
