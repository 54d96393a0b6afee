package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What a request wants to be written, as a whole or not at all.
 *
 * @param kind what it came as
 * @param changes in the request's order
 * @param batch the entries of a batch, which are read by themselves
 * @param envelope what it says of itself
 * @param base the base address it was sent to
 */
record Submission(Kind kind, List<Change> changes, List<JsonNode> batch, Envelope envelope, String base) {
    Submission {
        changes = List.copyOf(changes);
        batch = List.copyOf(batch);
    }

    /** What a request came as. */
    enum Kind {
        SINGLE,
        TRANSACTION,
        /** Entries that are requests of their own; it is never sent in as a whole. */
        BATCH,
        MESSAGE
    }

    /**
     * What a Bundle says of itself; empty strings where it does not.
     *
     * @param controlId the sender's number for it
     * @param sentAt the sender's own time as written
     * @param eventSystem code system of a message's event
     * @param event of a message: code, or URI
     * @param source of a message
     * @param destination of a message
     * @param header of a message, to be judged; null for what is none
     */
    record Envelope(
            String controlId,
            String sentAt,
            String eventSystem,
            String event,
            String source,
            String destination,
            ObjectNode header) {
        static final Envelope NONE = new Envelope("", "", "", "", "", "");

        Envelope(String controlId, String sentAt, String eventSystem, String event, String source, String destination) {
            this(controlId, sentAt, eventSystem, event, source, destination, null);
        }
    }

    /** The same with other changes. */
    Submission with(List<Change> others) {
        return new Submission(kind, others, batch, envelope, base);
    }

    /** What the journal calls it: {@code transaction}, {@code create^Patient}, {@code message^admin-notify}. */
    String type() {
        return switch (kind) {
            case TRANSACTION, BATCH -> kind.name().toLowerCase(Locale.ROOT);
            case MESSAGE -> "message^" + envelope.event();
            case SINGLE ->
                changes.get(0).verb().name().toLowerCase(Locale.ROOT)
                        + "^"
                        + changes.get(0).type();
        };
    }
}
