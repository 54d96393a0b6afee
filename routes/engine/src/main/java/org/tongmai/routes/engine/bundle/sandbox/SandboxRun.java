package org.tongmai.routes.engine.bundle.sandbox;

import java.util.List;
import java.util.Optional;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * What became of one message in a sandbox. Holds what the message holds; never logged.
 *
 * @param outcome as the journal would have it
 * @param received the message as its source read it; empty when it could not be read at all
 * @param answer the bytes its sender would get; empty when the source has no answer of its own
 * @param published what it means; empty when nothing was published
 * @param deliveries what the delivering routes did with it, in the order of their ids
 */
public record SandboxRun(
        Outcome outcome,
        Optional<ReceivedMessage> received,
        byte[] answer,
        Optional<CanonicalBundle> published,
        List<Delivery> deliveries) {
    public SandboxRun {
        deliveries = List.copyOf(deliveries);
    }

    /** What was noticed about the message, worst first for a refused one. */
    public List<Issue> issues() {
        return outcome.issues();
    }

    /**
     * What one delivering route did.
     *
     * @param route its id
     * @param handed what its sinks got, in order
     * @param failure why it failed; empty when it did not
     */
    public record Delivery(String route, List<Handed> handed, List<Issue> failure) {
        public Delivery {
            handed = List.copyOf(handed);
            failure = List.copyOf(failure);
        }
    }

    /**
     * What a sink got.
     *
     * @param kamelet name of the sink
     * @param fileName header {@code CamelFileName}, or empty
     * @param content the body's bytes; a canonical batch as JSON
     */
    public record Handed(String kamelet, String fileName, byte[] content) {
        @Override
        public String toString() {
            return "Handed[" + kamelet + ", " + content.length + " bytes]";
        }
    }

    @Override
    public String toString() {
        return "SandboxRun[" + outcome.disposition() + ", " + deliveries.size() + " deliveries]";
    }
}
