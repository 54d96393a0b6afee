package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.tongmai.routes.engine.gateway.request.FieldParameter;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;
import org.tongmai.routes.engine.gateway.screen.internal.value.Utf8;

/**
 * A body or a part of one.
 *
 * @param type media type in lower case, without parameters; empty where none is declared
 * @param charset of its text; null where none is declared
 * @param boundary of a multipart content; empty for any other
 * @param bytes the content
 */
record Content(String type, Charset charset, String boundary, byte[] bytes) {
    private static final String MULTIPART = "multipart/";
    /**
     * Character sets in which a byte of ASCII that stands alone is that character: who reads the bytes in another of them, or as
     * they are, finds the same marks.
     */
    private static final Set<String> WITH_ASCII = new HashSet<>(
            Tables.rows("charsets.csv", row -> Charset.forName(row.cell(0)).name()));

    /**
     * Reads a Content-Type (RFC 9110 8.3).
     *
     * @throws Refused for a character set that is not known, or without ASCII
     */
    static Content of(String contentType, byte[] bytes) throws Refused {
        Charset charset = charset(FieldParameter.of(contentType, "charset"));
        String type = MediaType.nameIn(contentType);
        String boundary = type.startsWith(MULTIPART) ? MultipartContent.boundary(contentType) : "";
        return new Content(type, charset, boundary, bytes);
    }

    boolean isMultipart() {
        return type.startsWith(MULTIPART);
    }

    /** @throws Refused for one that is not known, or without ASCII */
    static Charset charset(String name) throws Refused {
        try {
            Charset charset = name.isEmpty() ? null : Charset.forName(name);
            if (charset == null || WITH_ASCII.contains(charset.name())) {
                return charset;
            }
        } catch (IllegalArgumentException e) {
            // One that is not known is refused as the others are.
        }
        throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.BODY), "charset");
    }

    /** Whether who does not mind the character set, or takes it for UTF-8, reads something else. */
    boolean hasOtherReading() {
        return charset != null && !charset.equals(StandardCharsets.UTF_8) && isMoreThanAscii();
    }

    boolean isMoreThanAscii() {
        for (byte b : bytes) {
            if (b < 0) {
                return true;
            }
        }
        return false;
    }

    /** The text of who does not mind the character set. */
    String otherText() {
        return Utf8.lenient(bytes, bytes.length);
    }

    /** The content as text; UTF-8 where nothing is declared. */
    String text() {
        return charset == null || charset.equals(StandardCharsets.UTF_8)
                ? Utf8.lenient(bytes, bytes.length)
                : new String(bytes, charset);
    }
}
