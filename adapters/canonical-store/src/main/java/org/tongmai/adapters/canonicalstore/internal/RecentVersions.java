package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;

/**
 * Versions lately written, for those who deliver them a moment later and need neither ask the database nor parse. Only what
 * is committed gets in, and a version never changes, so nothing here can be wrong.
 */
public final class RecentVersions {
    private final long mostBytes;
    private long bytes;
    private final LinkedHashMap<ResourceVersion, Written> versions = new LinkedHashMap<>();

    /** @param mostBytes of content as JSON; the oldest go first */
    public RecentVersions(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * A version.
     *
     * @param content without what the store sets in meta
     * @param length of the content as JSON, in bytes
     */
    record Written(ResourceVersion version, ObjectNode content, int length, Instant lastUpdated) {}

    synchronized void add(Written written) {
        Written former = versions.put(written.version(), written);
        bytes += written.length() - (former == null ? 0 : former.length());
        Iterator<Written> oldest = versions.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= oldest.next().length();
            oldest.remove();
        }
    }

    /** The version as a reader gets it, or null. Shares its parts: to be read, not changed. */
    CanonicalResource find(ResourceVersion version) {
        Written written;
        synchronized (this) {
            written = versions.get(version);
        }
        if (written == null) {
            return null;
        }
        ObjectNode content = written.content().objectNode();
        content.setAll(written.content());
        CanonicalJson.stamp(content, version.version(), written.lastUpdated());
        return new CanonicalResource(version.type(), version.id(), content);
    }
}
