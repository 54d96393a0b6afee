package org.tongmai.standards.exchange;

import java.util.Objects;

/**
 * An HTTP response.
 *
 * @param status 100 to 999
 * @param fields the header fields, without those of the connection
 * @param content the content; never null
 */
public record HttpAnswer(int status, HttpFields fields, HttpContent content) {
    public HttpAnswer {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(content, "content");
    }

    /** An answer whose content is held in memory. */
    public HttpAnswer(int status, HttpFields fields, byte[] body) {
        this(status, fields, HttpContent.of(body));
    }

    /** The content as bytes: for what has to read it whole, and refuses one that is too large (see {@link HttpContent#bytes}). */
    public byte[] body() {
        return content.bytes();
    }

    /** The same answer with other fields. */
    public HttpAnswer with(HttpFields others) {
        return new HttpAnswer(status, others, content);
    }

    /** Shows nothing of the content. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + content.length() + " bytes]";
    }
}
