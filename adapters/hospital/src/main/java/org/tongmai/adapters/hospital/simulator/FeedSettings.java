package org.tongmai.adapters.hospital.simulator;

import java.time.LocalDateTime;
import java.util.Set;

/**
 * What a feed plays. The same settings give the same bytes.
 *
 * @param hospital whose feed it is
 * @param seed decides everything that is random
 * @param start when the played day begins; all times in the messages follow from it
 * @param run begins every control id, so that two runs do not share any; up to 8 letters and digits
 * @param kinds which messages; others are left out, the rest keep their control ids
 * @param limit how many messages; the day is followed by another when it is long
 */
public record FeedSettings(Hospital hospital, long seed, LocalDateTime start, String run, Set<Kind> kinds, long limit) {
    /** Kinds of messages. */
    public enum Kind {
        ADT,
        ORU
    }

    public FeedSettings {
        kinds = Set.copyOf(kinds);
        if (!run.matches("[A-Za-z0-9]{1,8}")) {
            throw new IllegalArgumentException("run: expected 1 to 8 letters and digits");
        }
        if (kinds.isEmpty() || limit < 0) {
            throw new IllegalArgumentException("expected: at least one kind, and a limit >= 0");
        }
    }

    /** Everything a hospital sends on a fixed day, in a run named after hospital and seed. */
    public static FeedSettings of(Hospital hospital, long seed, long limit) {
        return new FeedSettings(
                hospital,
                seed,
                LocalDateTime.of(2026, 11, 20, 6, 0),
                hospital.name() + Long.toString(Math.floorMod(seed, 2_176_782_336L), 36),
                Set.of(Kind.values()),
                limit);
    }

    /** The same with another first part of the control ids. */
    public FeedSettings named(String newRun) {
        return new FeedSettings(hospital, seed, start, newRun, kinds, limit);
    }

    /** The same with only some kinds of messages. */
    public FeedSettings only(Set<Kind> newKinds) {
        return new FeedSettings(hospital, seed, start, run, newKinds, limit);
    }

    /** The same beginning at another time. */
    public FeedSettings from(LocalDateTime newStart) {
        return new FeedSettings(hospital, seed, newStart, run, kinds, limit);
    }
}
