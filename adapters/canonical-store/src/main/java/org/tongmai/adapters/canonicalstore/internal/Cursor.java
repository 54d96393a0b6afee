package org.tongmai.adapters.canonicalstore.internal;

import java.time.Instant;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Where a page ended: time and number of its last match. Written in base 36, so it needs no escaping in a URL. */
record Cursor(Instant lastUpdated, long rid) {
    /** The end of the year 9999: later times are not in any database. */
    private static final long LATEST = 253_402_300_799_999L;

    String text() {
        return Long.toString(lastUpdated.toEpochMilli(), 36) + "." + Long.toString(rid, 36);
    }

    static Cursor parse(String text) {
        try {
            int dot = text.indexOf('.');
            long millis = Long.parseLong(text.substring(0, Math.max(dot, 0)), 36);
            long rid = Long.parseLong(text.substring(dot + 1), 36);
            if (millis < 0 || millis > LATEST || rid < 0) {
                throw new NumberFormatException();
            }
            return new Cursor(Instant.ofEpochMilli(millis), rid);
        } catch (NumberFormatException e) {
            throw new CodedException(
                    Issue.of(CanonicalStoreError.INVALID_CURSOR, "", "expected two numbers in base 36 and a dot"));
        }
    }
}
