package org.tongmai.routes.engine.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What is kept of the log, and for how long.
 *
 * @param retention how long days are kept
 * @param days those that are kept, earliest first
 * @param chains of every node, by name
 */
public record AuditHolding(Duration retention, List<Day> days, List<Chain> chains) {
    public AuditHolding {
        days = List.copyOf(days);
        chains = List.copyOf(chains);
    }

    /**
     * A day (UTC+8), which leaves as a whole.
     *
     * @param bytes what it takes in the database, with indexes
     */
    public record Day(LocalDate day, long bytes) {}

    /**
     * What is there of a chain.
     *
     * @param block the last block
     * @param records how many records are kept
     * @param dropped how many left after their retention
     * @param at when the last block was written
     */
    public record Chain(String node, long block, long records, long dropped, Instant at) {}
}
