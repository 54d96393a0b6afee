package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.tongmai.routes.engine.gateway.request.FieldParameter;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
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
     * Reads a Content-Type (RFC 9110 8.3).
     *
     * @throws Refused for a character set that is not known
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

    private static Charset charset(String name) throws Refused {
        try {
            return name.isEmpty() ? null : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.BODY), "charset");
        }
    }

    /** The content as text; UTF-8 where nothing is declared. */
    String text() {
        return charset == null || charset.equals(StandardCharsets.UTF_8)
                ? Utf8.lenient(bytes, bytes.length)
                : new String(bytes, charset);
    }
}
