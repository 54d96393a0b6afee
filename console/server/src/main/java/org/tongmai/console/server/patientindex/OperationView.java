package org.tongmai.console.server.patientindex;

import java.time.Instant;
import java.util.List;
import org.tongmai.standards.patientindex.Evidence;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.Person;

/** One entry of the history. A reason may name somebody, so it is hidden from who may not see patient data. */
record OperationView(
        String id,
        Instant at,
        String kind,
        String by,
        String reason,
        Explanation explanation,
        String undoes,
        String undoneBy,
        List<Move> moves) {

    static OperationView of(IndexOperation operation, boolean masked) {
        return new OperationView(
                Long.toString(operation.number()),
                operation.at(),
                operation.kind().name(),
                operation.basis().by(),
                masked ? null : operation.basis().reason(),
                Explanation.of(operation.basis().verdict()),
                number(operation.undoes()),
                number(operation.undoneBy()),
                operation.moves().stream().map(Move::of).toList());
    }

    private static String number(long number) {
        return number == 0 ? null : Long.toString(number);
    }

    /** One record's move; {@code record} is the member's number. */
    record Move(String record, String from, String to) {
        static Move of(IndexOperation.Move move) {
            return new Move(Long.toString(move.record()), Person.id(move.from()), Person.id(move.to()));
        }
    }

    /** Which rule, which field, which weight; nobody's values. */
    record Explanation(String grade, String rule, double score, double probability, List<Evidence> evidence) {
        static Explanation of(MatchVerdict verdict) {
            return verdict == null
                    ? null
                    : new Explanation(
                            verdict.grade().code(),
                            verdict.rule(),
                            verdict.score(),
                            verdict.probability(),
                            verdict.evidence());
        }
    }
}
