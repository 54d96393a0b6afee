package org.tongmai.standards.document;

/**
 * How often something stands.
 *
 * @param required whether at least once
 * @param repeats whether more than once
 */
public record Cardinality(boolean required, boolean repeats) {
    /** Reads {@code 0..1}, {@code 1..1}, {@code 0..*} or {@code 1..*}; null when it is none of them. */
    public static Cardinality parse(String text) {
        if (!text.matches("[01]\\.\\.[1*]")) {
            return null;
        }
        return new Cardinality(text.charAt(0) == '1', text.charAt(3) == '*');
    }
}
