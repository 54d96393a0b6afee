package org.tongmai.console.server.message;

import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.journal.MessageJourney;
import org.tongmai.routes.engine.journal.MessageJourney.DeliveryRow;
import org.tongmai.standards.canonical.ResourceVersion;

/** One message's way: received, canonical, deliveries, replays. */
record JourneyView(
        MessageView message, String topic, List<Resource> resources, List<Delivery> deliveries, List<String> replays) {

    static JourneyView of(MessageJourney journey, boolean masked) {
        return new JourneyView(
                MessageView.of(journey.entry(), masked),
                journey.topic(),
                journey.resources().stream().map(Resource::of).toList(),
                journey.deliveries().stream().map(Delivery::of).toList(),
                journey.replays().stream().map(String::valueOf).toList());
    }

    /** One resource version; {@code href} leads to it in the FHIR API. */
    record Resource(String type, String id, int version, String href) {
        static Resource of(ResourceVersion version) {
            String href = "/fhir/" + version.reference() + "/_history/" + version.version();
            return new Resource(version.type(), version.id(), version.version(), href);
        }
    }

    /** One destination's delivery of the message. */
    record Delivery(
            String destination,
            String state,
            int attempts,
            Instant nextAttemptAt,
            String causeCode,
            String cause,
            Instant settledAt,
            List<String> issues) {
        static Delivery of(DeliveryRow row) {
            return new Delivery(
                    row.destination(),
                    row.state().name(),
                    row.attempts(),
                    row.nextAttemptAt(),
                    row.causeCode(),
                    row.cause(),
                    row.settledAt(),
                    row.issues());
        }
    }
}
