package org.tongmai.routes.engine.delivery;

import java.time.Duration;

/**
 * How delivery runs.
 *
 * @param lease how long a node may be silent before another takes its destinations
 * @param poll how often a destination looks for deliveries nobody told it of
 * @param firstBackOff how long a destination rests after its first failure; doubles with each further one
 * @param longestBackOff where the doubling ends
 * @param readAhead deliveries of a destination that are kept in memory at most
 * @param mostFailures how often a delivery may fail for an unclear reason, with others going through in between, before
 *     it is parked
 */
public record DeliverySettings(
        Duration lease,
        Duration poll,
        Duration firstBackOff,
        Duration longestBackOff,
        int readAhead,
        int mostFailures) {

    public static DeliverySettings defaults() {
        return new DeliverySettings(
                Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(60), 4000, 5);
    }
}
