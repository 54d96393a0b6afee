package org.tongmai.routes.engine.bundle.sandbox.diff;

import java.time.Instant;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Which messages of the journal: the newest first, and no replays of others.
 *
 * @param from received at or after; null for any
 * @param to received before; null for any
 * @param feed exact route id; empty for every receiving route of the bundle
 * @param type exact type or its first part, {@code ADT} or {@code ADT^A01}; empty for any
 * @param limit at most so many, 1 to {@value #MOST}
 */
public record Span(Instant from, Instant to, String feed, String type, int limit) {
    public static final int MOST = 100_000;

    /** For people. */
    @Override
    public String toString() {
        return (feed.isEmpty() ? "every feed" : feed)
                + (type.isEmpty() ? "" : ", " + type)
                + (from == null ? "" : ", from " + from)
                + (to == null ? "" : ", to " + to)
                + ", at most " + limit;
    }

    /** @throws CodedException {@link SandboxError#SPAN_INVALID} */
    public Span {
        if (limit < 1 || limit > MOST) {
            throw new CodedException(
                    Issue.of(SandboxError.SPAN_INVALID, "limit", "found " + limit + ", expected 1 to " + MOST));
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new CodedException(Issue.of(SandboxError.SPAN_INVALID, "to", "expected a time after from"));
        }
    }
}
