package org.tongmai.standards.validation;

import java.util.List;
import org.tongmai.standards.error.Severity;

/**
 * What a judgement found.
 *
 * @param findings in the order of the resource
 */
public record ValidationReport(List<Finding> findings) {
    public ValidationReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong; warnings do not count. */
    public boolean valid() {
        return findings.stream().noneMatch(Finding::wrong);
    }

    /**
     * One thing found.
     *
     * @param severity how much it weighs
     * @param type FHIR issue type, for example {@code structure} or {@code code-invalid}
     * @param rule what says so: an invariant, a message of the validator or a code of ours; empty when unnamed
     * @param location FHIRPath of the element
     * @param text in words; quotes the resource, so it goes back to who sent it and nowhere else
     */
    public record Finding(Severity severity, String type, String rule, String location, String text) {
        public boolean wrong() {
            return severity == Severity.ERROR || severity == Severity.FATAL;
        }

        @Override
        public String toString() {
            return severity + " " + rule + " at " + location;
        }
    }
}
