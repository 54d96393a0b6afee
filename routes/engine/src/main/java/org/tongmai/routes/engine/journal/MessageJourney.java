package org.tongmai.routes.engine.journal;

import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.delivery.DeliveryState;
import org.tongmai.standards.canonical.ResourceVersion;

/**
 * One message's way through the platform: received, canonical, deliveries, replays.
 *
 * @param entry the journal's row
 * @param topic canonical channel, or empty when it was not stored
 * @param resources the resource versions it led to
 * @param deliveries one row a destination
 * @param replays numbers of the messages that replay this one
 */
public record MessageJourney(
        JournalEntry entry,
        String topic,
        List<ResourceVersion> resources,
        List<DeliveryRow> deliveries,
        List<Long> replays) {

    /**
     * One delivery of the message. Causes and issues carry no patient data.
     *
     * @param issues what was noticed while it was written: what had no place there, or what the data lack
     */
    public record DeliveryRow(
            String destination,
            DeliveryState state,
            int attempts,
            Instant nextAttemptAt,
            String causeCode,
            String cause,
            Instant settledAt,
            List<String> issues) {}
}
