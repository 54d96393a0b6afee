package org.tongmai.adapters.fhirvalidation;

import java.time.Duration;
import java.util.Set;

/**
 * Bounds of the validator.
 *
 * @param places resources judged at the same time; each place holds about 3 MB
 * @param waiting longest wait for a place
 * @param timeLimit longest time for one resource; the answer goes out then, and the place is another's: the
 *     work is told to end, and four such may go on beside
 * @param maxBytes largest resource
 * @param maxDepth deepest nesting
 * @param maxElements most elements of one resource
 * @param rules stricter and laxer rules
 */
public record ValidationSettings(
        int places,
        Duration waiting,
        Duration timeLimit,
        int maxBytes,
        int maxDepth,
        int maxElements,
        Set<ValidationRule> rules) {
    public ValidationSettings {
        rules = Set.copyOf(rules);
    }

    public static ValidationSettings defaults() {
        return new ValidationSettings(2, Duration.ofSeconds(10), Duration.ofSeconds(20), 2 << 20, 64, 50_000, Set.of());
    }

    /** The same with other rules. */
    public ValidationSettings with(Set<ValidationRule> others) {
        return new ValidationSettings(places, waiting, timeLimit, maxBytes, maxDepth, maxElements, others);
    }
}
