package org.tongmai.standards.crypto.explain;

import java.util.List;

/**
 * Why a signature or ciphertext was not accepted.
 *
 * @param outcome what trying came to
 * @param findings causes first; without causes where it is as agreed, or nothing fits
 */
public record Explanation(Outcome outcome, List<Finding> findings) {
    /** What trying came to. */
    public enum Outcome {
        /** It is right as it came. */
        AS_AGREED,
        /** It is right with what the causes say changed. */
        EXPLAINED,
        /** Nothing that was tried fits. */
        NOT_EXPLAINED
    }

    public Explanation {
        findings = List.copyOf(findings);
    }

    public List<Finding> causes() {
        return findings.stream()
                .filter(finding -> finding.role() == Finding.Role.CAUSE)
                .toList();
    }
}
