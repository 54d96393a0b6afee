package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.error.Issue;

/**
 * What becomes of a message, to be written by the settling group commit.
 *
 * @param messageId the journal's number
 * @param kind what to do
 * @param publication what to store, or null
 * @param issues why it is refused or parked, or what the mapping noticed
 * @param arrival the message itself when the journal does not have it yet, or null
 */
record Settlement(long messageId, Kind kind, Publication publication, List<Issue> issues, Arrival arrival) {

    enum Kind {
        /** Store the bundle, write event and deliveries. */
        PUBLISH,
        /** The route ended without anything to store. */
        COMPLETE,
        /** Not taken; the key is freed. */
        REFUSE,
        /** Taken, and waits for a person. */
        PARK
    }

    /**
     * What is stored of a message.
     *
     * @param prepared its bundle
     * @param destinations who gets it
     * @param maps which rows mapped it; empty for the platform's
     */
    record Publication(CanonicalStore.Prepared prepared, List<String> destinations, String maps) {}

    static Settlement publish(long messageId, Publication publication, Arrival arrival) {
        return new Settlement(
                messageId,
                Kind.PUBLISH,
                publication,
                publication.prepared().bundle().issues(),
                arrival);
    }

    CanonicalStore.Prepared prepared() {
        return publication.prepared();
    }

    CanonicalBundle bundle() {
        return prepared().bundle();
    }

    List<String> destinations() {
        return publication.destinations();
    }

    MessageState target() {
        return switch (kind) {
            case PUBLISH -> destinations().isEmpty() ? MessageState.DELIVERED : MessageState.STORED;
            case COMPLETE -> MessageState.DELIVERED;
            case REFUSE -> MessageState.REFUSED;
            case PARK -> MessageState.PARKED;
        };
    }

    /**
     * What the message's state is now.
     *
     * @param state as committed; null when there is no such message
     * @param changed whether this settlement did it, or it was settled before
     * @param repeats what an equal message that came first is, or null: then this one was not written
     */
    record Settled(MessageState state, boolean changed, Arrival.Verdict repeats) {}
}
