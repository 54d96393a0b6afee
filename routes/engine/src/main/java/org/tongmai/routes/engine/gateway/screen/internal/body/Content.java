package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.Utf8;

/**
 * A body or a part of one.
 *
 * @param type media type in lower case, without parameters; empty where none is declared
 * @param charset of its text; null where none is declared
 * @param boundary of a multipart body, or empty
 * @param bytes the content
 */
record Content(String type, Charset charset, String boundary, byte[] bytes) {
    /**
     * Reads a Content-Type (RFC 9110 8.3).
     *
     * @throws Refused for a character set that is not known
     */
    static Content of(String contentType, byte[] bytes) throws Refused {
        Charset charset = charset(parameter(contentType, "charset"));
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return new Content(type, charset, parameter(contentType, "boundary"), bytes);
    }

    private static Charset charset(String name) throws Refused {
        try {
            return name.isEmpty() ? null : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.BODY), "charset");
        }
    }

    /** A parameter of a header, without its quotes; empty where it is not there. */
    static String parameter(String header, String name) {
        int i = header.indexOf(';');
        while (i >= 0 && i < header.length()) {
            int equals = header.indexOf('=', i);
            if (equals < 0) {
                return "";
            }
            String found = header.substring(i + 1, equals).strip();
            int start = equals + 1;
            while (start < header.length() && header.charAt(start) == ' ') {
                start++;
            }
            StringBuilder value = new StringBuilder();
            i = parameterValue(header, start, value);
            if (found.equalsIgnoreCase(name)) {
                return value.toString().strip();
            }
        }
        return "";
    }

    /** Reads a value up to its semicolon, whose index is the result; -1 at the end. */
    private static int parameterValue(String header, int start, StringBuilder value) {
        boolean quoted = start < header.length() && header.charAt(start) == '"';
        int i = quoted ? start + 1 : start;
        for (; i < header.length(); i++) {
            char c = header.charAt(i);
            if (quoted && c == '\\' && i + 1 < header.length()) {
                value.append(header.charAt(++i));
            } else if (c == '"' && quoted) {
                return header.indexOf(';', i);
            } else if (c == ';' && !quoted) {
                return i;
            } else {
                value.append(c);
            }
        }
        return -1;
    }

    /** The content as text; UTF-8 where nothing is declared. */
    String text() {
        return charset == null || charset.equals(StandardCharsets.UTF_8)
                ? Utf8.lenient(bytes, bytes.length)
                : new String(bytes, charset);
    }
}
