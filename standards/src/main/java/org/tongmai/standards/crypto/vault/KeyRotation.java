package org.tongmai.standards.crypto.vault;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Which key-encryption key does what. To rotate: make a new key current and the old one former; wrap anew what the old
 * one wrapped; retire it.
 *
 * @param current wraps new data keys, and opens
 * @param former opens still
 * @param retired refuses, by name; a key that is in none of the three is unknown
 */
public record KeyRotation(String current, Set<String> former, Set<String> retired) {
    private static final int LONGEST_ID = 255;

    public KeyRotation {
        if (current.isEmpty() || current.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            throw new IllegalArgumentException("current: expected 1 to " + LONGEST_ID + " bytes");
        }
        former = Set.copyOf(former);
        retired = Set.copyOf(retired);
        if (former.contains(current)
                || retired.contains(current)
                || former.stream().anyMatch(retired::contains)) {
            throw new IllegalArgumentException("a key is current, former or retired, and one of these only");
        }
    }

    /** Makes another key current; the one before is former then. */
    public KeyRotation to(String keyId) {
        Set<String> before = new HashSet<>(former);
        before.add(current);
        before.remove(keyId);
        return new KeyRotation(keyId, before, retired);
    }

    /** Retires a former key. */
    public KeyRotation retire(String keyId) {
        Set<String> left = new HashSet<>(former);
        Set<String> gone = new HashSet<>(retired);
        left.remove(keyId);
        gone.add(keyId);
        return new KeyRotation(current, left, gone);
    }

    void mustOpen(String keyId) {
        if (retired.contains(keyId)) {
            throw new CodedException(Issue.of(CryptoError.KEY_RETIRED, "key-encryption key", keyId));
        }
        if (!keyId.equals(current) && !former.contains(keyId)) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNKNOWN, "key-encryption key", keyId));
        }
    }
}
