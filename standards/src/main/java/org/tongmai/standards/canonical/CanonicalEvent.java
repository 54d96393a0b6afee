package org.tongmai.standards.canonical;

import java.time.Instant;
import java.util.List;

/**
 * Tells that canonical data changed. Written to the outbox in the same transaction as the change; carries references,
 * never content.
 *
 * @param messageId the journal's number of the message that caused it
 * @param topic canonical channel, for example {@code patient-administration}
 * @param event what happened, for example {@code ADT^A01}
 * @param patientKey the ordering key
 * @param resources the versions this event speaks of, in the message's order; also those it left unchanged
 * @param occurredAt when it was committed
 */
public record CanonicalEvent(
        long messageId,
        String topic,
        String event,
        String patientKey,
        List<ResourceVersion> resources,
        Instant occurredAt) {
    public CanonicalEvent {
        resources = List.copyOf(resources);
    }
}
