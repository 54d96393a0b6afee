package org.tongmai.console.app.settings;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tongmai.routes.engine.audit.AuditSettings;

/**
 * The audit log: every administrative act and every call of a service.
 *
 * @param retention how long days are kept, at least 180 days
 * @param checkpoint how often the end of the chain is signed
 * @param pace least time between two commits: records that come in between share one
 * @param queue records that may wait for a commit; more are refused, and with them what they tell of
 */
public record AuditTrailSettings(
        @DefaultValue("180d") Duration retention,
        @DefaultValue("1m") Duration checkpoint,
        @DefaultValue("10ms") Duration pace,
        @DefaultValue("16384") int queue) {

    /** As the engine takes them. */
    public AuditSettings engine() {
        AuditSettings defaults = AuditSettings.defaults();
        return new AuditSettings(queue, defaults.block(), pace, defaults.patience(), checkpoint, retention);
    }

    void check(List<String> found) {
        if (retention.compareTo(AuditSettings.LEAST_RETENTION) < 0) {
            found.add("tongmai.audit.retention: " + retention + " (expected: 180 days or more)");
        }
        if (checkpoint.compareTo(Duration.ofSeconds(1)) < 0 || checkpoint.compareTo(AuditSettings.MOST_UNSIGNED) > 0) {
            found.add("tongmai.audit.checkpoint: " + checkpoint + " (expected: 1 second to 10 minutes)");
        }
        if (pace.isNegative() || pace.compareTo(Duration.ofMillis(500)) > 0) {
            found.add("tongmai.audit.pace: " + pace + " (expected: 0 to 500 milliseconds)");
        }
        if (queue < 1_000 || queue > 1_000_000) {
            found.add("tongmai.audit.queue: " + queue + " (expected: 1000 to 1000000)");
        }
    }
}
