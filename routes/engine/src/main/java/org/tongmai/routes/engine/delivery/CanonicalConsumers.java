package org.tongmai.routes.engine.delivery;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;

/** Makes the consumers behind {@code canonical:subscribe}; the component asks, delivery answers. */
@FunctionalInterface
public interface CanonicalConsumers {
    Consumer create(Endpoint endpoint, Processor processor, Delivering how);

    /** What an exchange of a delivering route carries. */
    enum Payload {
        /** A {@link org.tongmai.standards.canonical.CanonicalBatch}. */
        CANONICAL,
        /** The {@link org.tongmai.standards.exchange.ReceivedMessage} as it came in; one a time. */
        ORIGINAL
    }

    /**
     * How a destination wants its deliveries.
     *
     * @param topic canonical channel, or {@code *}
     * @param destination route id of the delivering route
     * @param batch deliveries that travel together at most, 1 to 5000
     * @param lanes batches under way at the same time, 1 to 64; one patient is always in the same lane
     * @param payload what the exchange carries
     * @param linger how long a batch waits to be filled
     */
    record Delivering(String topic, String destination, int batch, int lanes, Payload payload, Duration linger) {
        public Delivering {
            require(!topic.isBlank(), "topic", "a canonical channel or *");
            require(!destination.isBlank(), "destination", "a route id");
            require(batch >= 1 && batch <= 5000, "batch", "1 to 5000");
            require(lanes >= 1 && lanes <= 64, "lanes", "1 to 64");
            require(payload == Payload.CANONICAL || batch == 1, "batch", "1 when payload is original");
        }

        private static void require(boolean holds, String name, String expected) {
            if (!holds) {
                throw new IllegalArgumentException(name + " (expected: " + expected + ")");
            }
        }
    }
}
