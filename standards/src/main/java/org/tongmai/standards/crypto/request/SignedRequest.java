package org.tongmai.standards.crypto.request;

import java.nio.charset.StandardCharsets;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What a signature of a request covers. Nothing of it holds a line feed, so that one string to sign is one request.
 *
 * @param method as sent
 * @param path as sent, without the query; not decoded
 * @param query as sent, without the question mark; empty for none
 * @param bodyHash SM3 of the body as sent, 64 lower-case hexadecimal digits; without a body that of no bytes
 * @param appId the application, as in {@link RequestSignature#APP_HEADER}
 * @param timestamp milliseconds since 1970-01-01T00:00Z, as in {@link RequestSignature#TIMESTAMP_HEADER}
 * @param nonce never used before by this application, as in {@link RequestSignature#NONCE_HEADER}
 */
public record SignedRequest(
        String method, String path, String query, String bodyHash, String appId, long timestamp, String nonce) {
    /** SM3 of no bytes. */
    public static final String NO_BODY = "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b";

    /** Longest application and nonce. */
    public static final int LONGEST_TOKEN = 128;

    private static final int HASH_DIGITS = 64;

    /**
     * @throws CodedException {@link CryptoError#REQUEST_NOT_CANONICAL} for characters that a request can not be sent
     *     with, and for an application or nonce that is empty or longer than {@value #LONGEST_TOKEN}
     */
    public SignedRequest {
        visible("method", method);
        visible("path", path);
        if (bodyHash.length() != HASH_DIGITS) {
            throw refused("body hash", bodyHash.length() + " digits, expected " + HASH_DIGITS);
        }
        visible("body hash", bodyHash);
        token("application", appId);
        token("nonce", nonce);
        if (timestamp < 0) {
            throw refused("timestamp", "before 1970");
        }
    }

    /** The string to sign, in ASCII; lines joined by a line feed, none after the last. */
    public byte[] canonicalBytes() {
        AsciiText text = new AsciiText(method.length() + path.length() + query.length() + 256);
        text.append(method).append('\n').append(path).append('\n');
        CanonicalQuery.append(query, text);
        text.append('\n').append(bodyHash).append('\n').append(appId).append('\n');
        text.append(Long.toString(timestamp)).append('\n').append(nonce);
        return text.bytes();
    }

    /** {@link #canonicalBytes()} as text. */
    public String canonicalString() {
        return new String(canonicalBytes(), StandardCharsets.US_ASCII);
    }

    /** Shows neither path nor query, which may name a patient, nor what makes the request one of its kind. */
    @Override
    public String toString() {
        return "SignedRequest[" + method + " of " + appId + "]";
    }

    private static void token(String where, String value) {
        if (value.length() > LONGEST_TOKEN) {
            throw refused(where, value.length() + " characters, expected at most " + LONGEST_TOKEN);
        }
        visible(where, value);
    }

    private static void visible(String where, String value) {
        if (value.isEmpty()) {
            throw refused(where, "empty");
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
                throw refused(where, "expected visible ASCII, character " + (i + 1) + " is not");
            }
        }
    }

    static CodedException refused(String where, String detail) {
        return new CodedException(Issue.of(CryptoError.REQUEST_NOT_CANONICAL, where, detail));
    }
}
