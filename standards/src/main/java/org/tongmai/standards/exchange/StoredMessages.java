package org.tongmai.standards.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tongmai.standards.canonical.ResourceVersion;

/** Knows what stored messages led to, for adapters whose answer names it. Implemented by the engine's journal. */
public interface StoredMessages {
    /**
     * What a message led to; empty when nothing was stored of it, or its day was dropped.
     *
     * @param messageId the journal's number, as an {@link Outcome} has it
     */
    Optional<StoredMessage> stored(long messageId);

    /**
     * A message that was stored.
     *
     * @param receivedAt when its last byte arrived
     * @param resources the versions it led to, also those it left unchanged, in the order they were published
     * @param maps which rows it was mapped by, where those were not the platform's alone; else empty
     */
    record StoredMessage(Instant receivedAt, List<ResourceVersion> resources, String maps) {
        public StoredMessage {
            resources = List.copyOf(resources);
        }
    }
}
