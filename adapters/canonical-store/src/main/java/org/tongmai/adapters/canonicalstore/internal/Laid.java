package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.UUID;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.WriteRule;

/**
 * An incoming resource laid over a stored content. It depends on nothing else, so it can be done before the turn to write and
 * is right whenever that content is still the one in force.
 *
 * @param over hash of the stored content
 * @param before the stored content
 * @param merged what comes out; {@code before} itself when nothing changes
 * @param bytes of it
 * @param hash of these
 */
record Laid(UUID over, ObjectNode before, ObjectNode merged, byte[] bytes, UUID hash) {

    /**
     * Says whether anything can come of it.
     *
     * @param digest of the incoming resource
     * @param unchangedBy hash of one that is known to change nothing, or null
     */
    static boolean isNeeded(WriteRule.Mode mode, UUID digest, UUID unchangedBy) {
        return switch (mode) {
            case MERGE -> !digest.equals(unchangedBy);
            case REPLACE -> true;
            case KEEP -> false;
        };
    }

    /**
     * Lays it.
     *
     * @param tree of the stored content, or null when nobody has read it yet
     */
    static Laid over(Stored stored, ObjectNode tree, CanonicalResource incoming) {
        ObjectNode before = tree == null ? CanonicalJson.read(stored.content()) : tree;
        ObjectNode merged = incoming.rule().mode() == WriteRule.Mode.REPLACE
                ? CanonicalJson.withoutTransient(incoming.content())
                : CanonicalJson.merge(before, incoming.content());
        byte[] bytes = CanonicalJson.write(merged, incoming.reference());
        return Arrays.equals(bytes, stored.content()) || isSameInOtherOrder(bytes, stored.content())
                ? new Laid(stored.hash(), before, before, stored.content(), stored.hash())
                : new Laid(stored.hash(), before, merged, bytes, CanonicalJson.hash(bytes));
    }

    /** A content with its hash. */
    record Stored(byte[] content, UUID hash) {}

    boolean changes() {
        return merged != before;
    }

    private static boolean isSameInOtherOrder(byte[] bytes, byte[] stored) {
        return bytes.length == stored.length && CanonicalJson.read(bytes).equals(CanonicalJson.read(stored));
    }
}
