package org.tongmai.standards.canonical;

/**
 * Compares a date of a resource with a range (FHIR R4, Search, section 3.1.1.4.5).
 *
 * @param comparison how
 * @param range with what
 */
public record DateTest(Comparison comparison, DateRange range) {
    /** The prefixes of FHIR date searches, except {@code ap}. */
    public enum Comparison {
        EQ,
        NE,
        LT,
        GT,
        LE,
        GE,
        SA,
        EB
    }
}
