package org.tongmai.standards.canonical;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Derives logical ids from business identities. The same identity always gives the same id; an id tells nothing about
 * the identity.
 */
public final class CanonicalIds {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(CanonicalIds::sha256);

    private CanonicalIds() {}

    /**
     * Answers the id of the resource with this identity: the first 130 bits of SHA-256 over
     * {@code type|system|value} in UTF-8, in lower-case Crockford base 32 (26 characters).
     */
    public static String idFor(String type, String system, String value) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        digest.update(type.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '|');
        digest.update(system.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '|');
        byte[] hash = digest.digest(value.getBytes(StandardCharsets.UTF_8));
        char[] id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int bit = i * 5;
            int window = ((hash[bit >> 3] & 0xff) << 8) | (hash[(bit >> 3) + 1] & 0xff);
            id[i] = ALPHABET[(window >> (11 - (bit & 7))) & 31];
        }
        return new String(id);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }
}
