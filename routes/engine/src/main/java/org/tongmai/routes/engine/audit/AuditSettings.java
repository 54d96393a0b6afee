package org.tongmai.routes.engine.audit;

import java.time.Duration;

/**
 * How the audit log runs.
 *
 * @param queue records that may wait for a commit; more are refused at once
 * @param block most records in one block
 * @param pace least time between two commits: what comes in between is one block, but thirty-two do not wait
 * @param patience how long the database may take for a block before new records are refused at once
 * @param checkpoint how often the end of the chain is signed
 * @param retention how long days are kept; at least {@link #LEAST_RETENTION}
 */
public record AuditSettings(
        int queue, int block, Duration pace, Duration patience, Duration checkpoint, Duration retention) {
    /** Cybersecurity Law of the PRC, article 21: logs are kept for no less than six months. */
    public static final Duration LEAST_RETENTION = Duration.ofDays(180);

    /** Longest pause between two checkpoints. */
    public static final Duration MOST_UNSIGNED = Duration.ofMinutes(10);

    public AuditSettings {
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException("retention: " + retention + " (expected: at least 180 days)");
        }
        if (checkpoint.isNegative() || checkpoint.isZero() || checkpoint.compareTo(MOST_UNSIGNED) > 0) {
            throw new IllegalArgumentException("checkpoint: " + checkpoint + " (expected: up to 10 minutes)");
        }
        if (queue < 1 || block < 1 || block > 1_000) {
            throw new IllegalArgumentException(
                    "queue, block: " + queue + ", " + block + " (expected: >= 1, 1 to 1000)");
        }
    }

    public static AuditSettings defaults() {
        return new AuditSettings(
                16_384, 1_000, Duration.ofMillis(10), Duration.ofSeconds(2), Duration.ofMinutes(1), LEAST_RETENTION);
    }
}
