package org.tongmai.adapters.canonicalstore.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps resources lately written or read, the longest unused thrown out first. What the database says of the last turn to
 * write decides whether they are still in force: {@link #begin} forgets what may not be. Contents are told apart by their
 * hash, so a rolled-back transaction or another node can make an entry useless, never wrong.
 */
final class ContentCache {
    private static final int OVERHEAD = 270;

    private final long maxBytes;
    private final LinkedHashMap<String, Kept> entries = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;
    private Turn last = Turn.NONE;
    private int era;
    private long turns;

    ContentCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Who wrote last.
     *
     * @param store which one, by a number it gave itself when it was made
     * @param number of the turn, rising
     */
    record Turn(UUID store, long number) {
        static final Turn NONE = new Turn(new UUID(0, 0), -1);
    }

    /**
     * Tells what the database says, under the lock by which writers take turns. When that is not what this store saw last,
     * somebody wrote in between, or its own last transaction was not committed: nothing kept before is in force.
     *
     * @return to be given to {@link #keep}
     */
    synchronized long begin(Turn found) {
        if (!found.equals(last)) {
            era++;
            last = found;
        }
        return ++turns;
    }

    /**
     * Keeps what is in force when the transaction under way is committed. Does nothing when another one began since: then
     * this one has lost its turn, and with it what it wrote.
     *
     * @param begun what {@link #begin} answered
     * @param now the turn that the database says from the commit on
     */
    synchronized void keep(long begun, Turn now, Map<String, Entry> resources) {
        if (begun == turns) {
            last = now;
            resources.forEach(this::put);
        }
    }

    /** What is in force if nobody else wrote since the last turn, or null when that is not known. */
    synchronized Entry inForce(String reference) {
        Kept kept = entries.get(reference);
        return kept != null && kept.era() == era ? kept.entry() : null;
    }

    /** Answers what is known about the content with this hash, or null. */
    synchronized Entry find(String reference, UUID hash) {
        Kept kept = entries.get(reference);
        return kept != null && kept.entry().hash().equals(hash) ? kept.entry() : null;
    }

    private void put(String reference, Entry entry) {
        Kept old = entries.put(reference, new Kept(entry, era));
        bytes += entry.content().length + (old == null ? OVERHEAD : -old.entry().content().length);
        Iterator<Map.Entry<String, Kept>> oldest = entries.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().getValue().entry().content().length + OVERHEAD;
            oldest.remove();
        }
    }

    /**
     * A resource.
     *
     * @param rid its number
     * @param version the current one
     * @param hash of the content
     * @param content JSON in UTF-8
     * @param unchangedBy hash of an incoming resource that is known to change nothing in this content
     */
    record Entry(long rid, int version, UUID hash, byte[] content, UUID unchangedBy) {}

    /** @param era in which it was in force; the database has to be asked when that is over */
    private record Kept(Entry entry, int era) {}
}
