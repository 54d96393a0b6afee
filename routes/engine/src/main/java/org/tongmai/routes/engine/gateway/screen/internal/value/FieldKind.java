package org.tongmai.routes.engine.gateway.screen.internal.value;

/** What people write into a field. */
public enum FieldKind {
    /** Names, codes, numbers: everything counts. */
    STRICT,
    /** Sentences: only what is certain counts. */
    FREE_TEXT
}
