package org.tongmai.standards.patientindex;

import java.util.List;

/**
 * What comparing two records says.
 *
 * @param grade how sure
 * @param rule the rule that decided; {@code score} when the weights did
 * @param score sum of the weights and the prior, base-2 logarithm of the odds that the two are one person
 * @param evidence what led to it, field by field
 */
public record MatchVerdict(MatchGrade grade, String rule, double score, List<Evidence> evidence) {
    public MatchVerdict {
        evidence = List.copyOf(evidence);
    }

    /** The odds as a probability, 0 to 1. */
    public double probability() {
        return 1 / (1 + Math.pow(2, -score));
    }

    /** Says whether identifiers that a person has only one of contradict each other. */
    public boolean conflicting() {
        return evidence.stream().anyMatch(each -> each.level().equals("conflict"));
    }
}
