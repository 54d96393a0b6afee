package org.tongmai.console.server.sandbox;

import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.message.MessageFilter;
import org.tongmai.routes.engine.bundle.sandbox.diff.Span;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A span of the journal, as a request writes it.
 *
 * @param from received at or after: an ISO date or time
 * @param to received before
 * @param feed exact route id; left out for the bundle's receiving routes
 * @param type {@code ADT} or {@code ADT^A01}
 * @param limit at most so many; 10 000 where it is left out
 */
record SpanFilter(String from, String to, String feed, String type, String limit) {
    private static final int USUAL = 10_000;

    Span span() {
        return new Span(
                MessageFilter.time(from, "from"),
                MessageFilter.time(to, "to"),
                feed == null ? "" : feed,
                type == null ? "" : type,
                limit == null || limit.isBlank() ? USUAL : number());
    }

    private int number() {
        if (!limit.matches("[0-9]{1,6}")) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "limit", "expected: a number"));
        }
        return Integer.parseInt(limit);
    }
}
