package org.tongmai.standards.patientindex;

import java.time.Instant;

/**
 * Two records that may be one person, for a person to decide. What was decided is remembered.
 *
 * @param number given by the store; 0 before
 * @param first number of the older record
 * @param second number of the younger record
 * @param verdict what the rules said; null for a pair that was taken apart without a candidate
 * @param state what became of it
 * @param createdAt when it came up; set by the store
 * @param decision who decided; null while open
 */
public record Review(
        long number, long first, long second, MatchVerdict verdict, State state, Instant createdAt, Decision decision) {

    /** A new candidate. */
    public static Review candidate(long one, long other, MatchVerdict verdict) {
        return new Review(0, Math.min(one, other), Math.max(one, other), verdict, State.OPEN, null, null);
    }

    /** A pair that must not be linked again. */
    public static Review apart(long one, long other, Decision decision) {
        return new Review(0, Math.min(one, other), Math.max(one, other), null, State.REJECTED, null, decision);
    }

    /** What became of a candidate. */
    public enum State {
        OPEN(1),
        APPROVED(2),
        /** Never linked again, except by a person. */
        REJECTED(3),
        /** Both came to be one person in another way. */
        SETTLED(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static State of(int code) {
            return values()[code - 1];
        }
    }

    /** Who decided, when and why; {@code at} is set by the store. */
    public record Decision(String by, Instant at, String reason) {}
}
