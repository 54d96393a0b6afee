package org.tongmai.standards.exchange;

import java.util.Objects;

/**
 * An HTTP response, whole.
 *
 * @param status 100 to 999
 * @param fields the header fields, without those of the connection
 * @param body the content; never null
 */
public record HttpAnswer(int status, HttpFields fields, byte[] body) {
    public HttpAnswer {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
    }

    /** The same answer with other fields. */
    public HttpAnswer with(HttpFields others) {
        return new HttpAnswer(status, others, body);
    }

    /** Shows nothing of the content. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
