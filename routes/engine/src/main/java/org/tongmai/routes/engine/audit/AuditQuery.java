package org.tongmai.routes.engine.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What is looked for; newest first.
 *
 * @param from earliest time
 * @param to latest time
 * @param terms exact values of what is named
 * @param kind what sort of act, null for any
 * @param before where to go on: {@link AuditPage#next()} of the page before, empty for the first
 * @param limit most records, 1 to 1000
 */
public record AuditQuery(Instant from, Instant to, Map<Term, String> terms, AuditKind kind, String before, int limit) {
    public AuditQuery {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        terms = Map.copyOf(terms);
        before = before == null ? "" : before;
    }

    /** By what a record can be found besides its time. */
    public enum Term {
        ACTOR,
        ACT,
        OBJECT,
        OUTCOME,
        TRACE,
        ADDRESS;

        /** The value that a record has. */
        public String of(AuditRecord record) {
            return switch (this) {
                case ACTOR -> record.actor().name();
                case ACT -> record.act();
                case OBJECT -> record.object();
                case OUTCOME -> record.outcome();
                case TRACE -> record.trace();
                case ADDRESS -> record.actor().address();
            };
        }
    }
}
