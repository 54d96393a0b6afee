package org.tongmai.routes.engine.audit;

import java.time.LocalDate;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What is to be verified.
 *
 * @param node whose chain; empty for all
 * @param from first day (UTC+8), null for the first that is kept
 * @param to last day, null for the last
 * @param after where to go on: {@link AuditVerdict#next()} of the verdict before, empty at the begin
 */
public record AuditSpan(String node, LocalDate from, LocalDate to, String after) {
    public AuditSpan {
        node = node == null ? "" : node;
        after = after == null ? "" : after;
        from = from == null ? LocalDate.MIN : from;
        to = to == null ? LocalDate.MAX : to;
        if (from.isAfter(to)) {
            throw new CodedException(Issue.of(AuditError.BAD_SPAN, "from", "found: after to; expected: from <= to"));
        }
    }

    /** Everything that is kept. */
    public static AuditSpan everything() {
        return new AuditSpan("", null, null, "");
    }
}
