package org.tongmai.standards.canonical;

import java.time.Instant;

/**
 * A version of a resource as the store keeps it.
 *
 * @param version which
 * @param lastUpdated when it was written, to the millisecond
 * @param state whether it is there or was deleted
 * @param resource the content, with {@code meta.versionId} and {@code meta.lastUpdated}; of a deleted one the last
 */
public record StoredResource(ResourceVersion version, Instant lastUpdated, State state, CanonicalResource resource) {
    /** Whether a resource is there. */
    public enum State {
        CURRENT,
        DELETED
    }
}
