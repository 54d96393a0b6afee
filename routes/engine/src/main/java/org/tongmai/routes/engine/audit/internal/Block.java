package org.tongmai.routes.engine.audit.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** One row of {@code audit_block}; the columns are explained in its migration. */
record Block(
        LocalDate day,
        String node,
        long sequence,
        Instant at,
        Found found,
        int records,
        long total,
        Links links,
        byte[] content) {
    /** Days change when they do in China. */
    static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

    /** What the search goes by: derived from the records. */
    record Found(Instant firstAt, Instant lastAt, int kinds, byte[] terms) {}

    /** What makes the chain. */
    record Links(byte[] previous, byte[] hash, byte[] marks) {}

    static LocalDate dayOf(Instant at) {
        return at.atOffset(ZONE).toLocalDate();
    }

    byte[] hash() {
        return links.hash();
    }
}
