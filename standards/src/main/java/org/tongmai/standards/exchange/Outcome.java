package org.tongmai.standards.exchange;

import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * What became of a received message, for the adapter to put into the wire's own words.
 *
 * @param disposition what the answer is about
 * @param messageId the journal's number for it; 0 when it could not be journalled
 * @param issues what was noticed, worst first; a refusal has at least one
 */
public record Outcome(Disposition disposition, long messageId, List<Issue> issues) {

    /** What an answer may say. */
    public enum Disposition {
        /** Durable in the journal, to be processed later (HL7 {@code CA}, or {@code AA} on accept). */
        ACCEPTED,
        /** Durable, mapped and stored (HL7 {@code AA}). */
        PROCESSED,
        /** Seen before with the same content; answered as the first time. */
        DUPLICATE,
        /** Not taken, with a coded reason (HL7 {@code AE}, {@code AR}, {@code CE}, {@code CR}). */
        REFUSED
    }

    public Outcome {
        issues = List.copyOf(issues);
    }

    public boolean positive() {
        return disposition != Disposition.REFUSED;
    }
}
