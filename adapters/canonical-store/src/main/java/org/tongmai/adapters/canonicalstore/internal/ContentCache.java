package org.tongmai.adapters.canonicalstore.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps contents lately written or read, the longest unused thrown out first. Entries are told apart by the hash of the
 * content, and the hash in force always comes from the database: a rolled-back transaction or another node can make an
 * entry useless, never wrong.
 */
final class ContentCache {
    private static final int OVERHEAD = 250;

    private final long maxBytes;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    ContentCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Answers what is known about the content with this hash, or null. */
    synchronized Entry find(String reference, UUID hash) {
        Entry entry = entries.get(reference);
        return entry != null && entry.hash().equals(hash) ? entry : null;
    }

    synchronized void put(String reference, Entry entry) {
        Entry old = entries.put(reference, entry);
        bytes += entry.content().length + (old == null ? OVERHEAD : -old.content().length);
        Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().getValue().content().length + OVERHEAD;
            oldest.remove();
        }
    }

    /**
     * A content.
     *
     * @param hash of the content
     * @param content JSON in UTF-8
     * @param unchangedBy hash of an incoming resource that is known to change nothing in this content
     */
    record Entry(UUID hash, byte[] content, UUID unchangedBy) {}
}
