package org.tongmai.standards.patientindex;

/** How sure it is that two records are one person; the codes of FHIR R4 {@code match-grade}. */
public enum MatchGrade {
    /** Linked without asking anybody. */
    CERTAIN("certain"),
    /** Waits for a person's decision. */
    PROBABLE("probable"),
    /** Waits for a person's decision, with less to say for it. */
    POSSIBLE("possible"),
    /** Not shown to anybody. */
    NONE("certainly-not");

    private final String code;

    MatchGrade(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The less sure of the two. */
    public MatchGrade atMost(MatchGrade limit) {
        return compareTo(limit) >= 0 ? this : limit;
    }
}
