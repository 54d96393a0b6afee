package org.tongmai.adapters.canonicalstore.internal;

import java.time.DateTimeException;
import java.time.Instant;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Where a page ended: time and number of its last match. Written in base 36, so it needs no escaping in a URL. */
record Cursor(Instant lastUpdated, long rid) {
    String text() {
        return Long.toString(lastUpdated.toEpochMilli(), 36) + "." + Long.toString(rid, 36);
    }

    static Cursor parse(String text) {
        try {
            int dot = text.indexOf('.');
            return new Cursor(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(dot, 0)), 36)),
                    Long.parseLong(text.substring(dot + 1), 36));
        } catch (NumberFormatException | DateTimeException e) {
            throw new CodedException(
                    Issue.of(CanonicalStoreError.INVALID_CURSOR, "", "expected two numbers in base 36 and a dot"));
        }
    }
}
