package org.tongmai.standards.crypto.explain;

/**
 * Something done differently, or noticed.
 *
 * @param code row of {@code signature-findings.csv}
 * @param role whether it is part of why the signature was not accepted
 * @param detail where, in numbers and names of parameters; no value of the text
 */
public record Finding(String code, Role role, String detail) {
    /** What a finding means for the answer. */
    public enum Role {
        /** With this changed, and the other causes, it verifies. */
        CAUSE,
        /** Different or unusual, but not shown to matter. */
        NOTICED
    }

    static Finding noticed(String code, String detail) {
        return new Finding(code, Role.NOTICED, detail);
    }

    /** In English or, for {@code zh}, in Chinese. */
    public String title(String language) {
        return FindingTexts.of(code).title(language);
    }

    /** What to do about it. */
    public String remedy(String language) {
        return FindingTexts.of(code).remedy(language);
    }
}
