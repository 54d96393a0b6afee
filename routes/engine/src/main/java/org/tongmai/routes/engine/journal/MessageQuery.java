package org.tongmai.routes.engine.journal;

import java.time.Instant;
import java.util.Set;

/**
 * What to look for in the journal; null or empty means any. Newest first.
 *
 * @param patient exact patient identifier, with or without {@code ^assigner}
 * @param controlId exact MSH-10
 * @param type exact type or its first part, {@code ADT} or {@code ADT^A01}
 * @param sender exact {@code MSH-3|MSH-4}
 * @param feed exact route id
 * @param states any of these
 * @param from received at or after
 * @param to received before
 * @param before only messages with a smaller number: the cursor of the next page; 0 for the first
 * @param limit page size, 1 to 500
 */
public record MessageQuery(
        String patient,
        String controlId,
        String type,
        String sender,
        String feed,
        Set<MessageState> states,
        Instant from,
        Instant to,
        long before,
        int limit) {
    public MessageQuery {
        states = states == null ? Set.of() : Set.copyOf(states);
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to 500)");
        }
    }
}
