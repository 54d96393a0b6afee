package org.tongmai.standards.patientindex;

import java.time.Instant;
import java.util.List;

/**
 * One entry of the history: records that moved from one person to another, who or what moved them, and why.
 *
 * @param number given by the store; 0 before
 * @param at when; set by the store
 * @param kind what happened
 * @param basis by whom, why, by which rule
 * @param undoes number of the operation it takes back; 0 when none
 * @param undoneBy number of the operation that took it back; 0 when none
 * @param moves which records
 */
public record IndexOperation(
        long number, Instant at, Kind kind, Basis basis, long undoes, long undoneBy, List<Move> moves) {
    public IndexOperation {
        moves = List.copyOf(moves);
    }

    /** A new operation, to be numbered by the store. */
    public static IndexOperation of(Kind kind, Basis basis, List<Move> moves) {
        return new IndexOperation(0, null, kind, basis, 0, 0, moves);
    }

    public IndexOperation undoing(long other) {
        return new IndexOperation(number, at, kind, basis, other, undoneBy, moves);
    }

    /** What happened. */
    public enum Kind {
        /** A rule or the score linked a record. */
        MATCHED(1),
        /** The index did what the sender's message says (A40, A47, A24). */
        FOLLOWED(2),
        /** The sender took back what it said (A37). */
        WITHDRAWN(3),
        /** Identifiers that changed contradict the others of the person. */
        SPLIT(4),
        /** A person approved a candidate. */
        APPROVED(5),
        /** A person merged two persons or linked a record. */
        MERGED(6),
        /** A person took an operation back, or a record out. */
        UNMERGED(7);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Kind of(int code) {
            return values()[code - 1];
        }
    }

    /**
     * Why.
     *
     * @param by account, or {@code index} for the index itself
     * @param reason as the person gave it; empty for the index itself
     * @param verdict what the rules said; null when nothing was compared
     */
    public record Basis(String by, String reason, MatchVerdict verdict) {}

    /** One record's move. */
    public record Move(long record, long from, long to) {}
}
