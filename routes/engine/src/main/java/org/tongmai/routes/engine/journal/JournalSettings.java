package org.tongmai.routes.engine.journal;

import java.time.Duration;

/**
 * How the journal runs.
 *
 * @param queue messages that may wait for a commit
 * @param batch most messages in one transaction
 * @param workers threads that map; one patient's messages are always on the same
 * @param inFlight messages that may be between receipt and answer, over all connections
 * @param inFlightBytes bytes of these
 * @param maxAttempts how often a message is begun after crashes before it is parked
 * @param duplicateWait how long a duplicate waits for the answer to the first
 * @param lease how old a heartbeat may be before its node counts as dead; beats come three times as often
 * @param retention how long days are kept
 */
public record JournalSettings(
        int queue,
        int batch,
        int workers,
        int inFlight,
        long inFlightBytes,
        int maxAttempts,
        Duration duplicateWait,
        Duration lease,
        Duration retention) {

    public static JournalSettings defaults() {
        return new JournalSettings(
                8192, 512, 2, 8192, 256L << 20, 5, Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofDays(90));
    }
}
