package org.tongmai.routes.engine.audit;

/** What sort of act a record tells of; the table of acts says it of each. */
public enum AuditKind {
    /** Of a person or program that governs the platform. */
    ADMINISTRATION(1),
    /** Of a caller of a published service. */
    CALL(2);

    private final int bit;

    AuditKind(int bit) {
        this.bit = bit;
    }

    /** As it is stored. */
    public int bit() {
        return bit;
    }
}
