package org.tongmai.routes.engine.gateway.screen;

import java.util.List;
import java.util.Map;

/**
 * A request as it came over the wire: nothing in it is decoded, but the body's transfer and content encodings are.
 *
 * @param method HTTP method
 * @param target request target (RFC 9112 section 3.2): path and query, percent-encoded
 * @param headers every header line, in order; which of them are screened says {@code headers.csv}
 * @param body the body's bytes, empty where there is none; not changed and not kept
 */
public record ScreenedRequest(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    /** The path of the target, still encoded. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The query of the target, still encoded; empty where there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The first value of a header, or an empty text. */
    public String header(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return "";
    }
}
