package org.tongmai.standards.terminology;

/** How well a fact is known; the mark stands in {@code sources.csv}. */
public enum Certainty {
    /** Seen in the source named beside it. */
    SEEN("V"),
    /** Recomputed by a rule. */
    RECOMPUTED("C"),
    /** From memory. */
    REMEMBERED("M"),
    /** Sources disagree or are weak. */
    DOUBTFUL("?");

    private final String mark;

    Certainty(String mark) {
        this.mark = mark;
    }

    /** The mark in {@code sources.csv}. */
    public String mark() {
        return mark;
    }

    /** The certainty with this mark, or null. */
    public static Certainty of(String mark) {
        for (Certainty certainty : values()) {
            if (certainty.mark.equals(mark)) {
                return certainty;
            }
        }
        return null;
    }
}
