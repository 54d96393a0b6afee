package org.tongmai.routes.engine.bundle.sandbox.diff;

import java.util.List;

/**
 * What a candidate changes. Samples are masked.
 *
 * @param before the version that runs
 * @param after the candidate
 * @param span which messages, for people
 * @param messages how many ran through both
 * @param changed of how many something came out otherwise
 * @param milliseconds for all of it
 * @param changes by message type, output and field
 */
public record DiffReport(
        Version before,
        Version after,
        String span,
        long messages,
        long changed,
        long milliseconds,
        List<Change> changes) {
    public DiffReport {
        changes = List.copyOf(changes);
    }

    /** A version that took part. */
    public record Version(String bundle, String version, String digest) {}

    /**
     * A field that changed.
     *
     * @param messageType for example {@code ADT^A01}
     * @param output {@code canonical}, {@code ack}, {@code issues}, {@code outcome} or the name of a destination
     * @param field in the output's own terms: {@code Patient.gender}, {@code MSA-1}, a CSV column
     * @param count of how many messages
     * @param samples a few of them
     */
    public record Change(String messageType, String output, String field, long count, List<Sample> samples) {
        public Change {
            samples = List.copyOf(samples);
        }
    }

    /**
     * How the field changed in one message; empty where it was not or is no longer there.
     *
     * @param message its number in the journal
     */
    public record Sample(long message, String before, String after) {}
}
