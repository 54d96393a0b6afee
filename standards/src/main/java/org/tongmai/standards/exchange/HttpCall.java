package org.tongmai.standards.exchange;

import java.util.Objects;

/**
 * An HTTP request as it came in. The body of an exchange between a source kamelet and the gateway, and between the
 * gateway and a sink kamelet.
 *
 * @param method as sent, for example {@code GET}
 * @param path the path of the request target as sent, percent-encoded, beginning with a slash
 * @param query the query as sent, percent-encoded, without the question mark; empty when there is none
 * @param fields the header fields
 * @param content the content as sent; never null
 * @param remoteAddress numeric address of who sent it, without a port
 */
public record HttpCall(
        String method, String path, String query, HttpFields fields, HttpContent content, String remoteAddress) {
    public HttpCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
    }

    /** A call whose content is held in memory. */
    public HttpCall(String method, String path, String query, HttpFields fields, byte[] body, String remoteAddress) {
        this(method, path, query, fields, HttpContent.of(body), remoteAddress);
    }

    /** The content as bytes: for what has to read it whole, and refuses one that is too large (see {@link HttpContent#bytes}). */
    public byte[] body() {
        return content.bytes();
    }

    /** The same call with other fields. */
    public HttpCall with(HttpFields others) {
        return new HttpCall(method, path, query, others, content, remoteAddress);
    }

    /** The same call with another content. */
    public HttpCall with(byte[] other) {
        return new HttpCall(method, path, query, fields, other, remoteAddress);
    }

    /** Path and query as they stand in a request line. */
    public String target() {
        return query.isEmpty() ? path : path + '?' + query;
    }

    /** Shows neither path nor query: they may name a patient. */
    @Override
    public String toString() {
        return "HttpCall[" + method + ", " + content.length() + " bytes]";
    }
}
