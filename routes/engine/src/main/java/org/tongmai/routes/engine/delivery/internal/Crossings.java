package org.tongmai.routes.engine.delivery.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The deliveries in memory that concern several patients, whose lanes therefore are not enough to keep them in order: each
 * goes when everything before it of its patients is through, and what comes after it of any of them goes when it is
 * through. Each waits for older ones only, so that none wait for each other. Guarded by the queue's lock.
 */
final class Crossings {
    /** Those not through yet by patient. */
    private final Map<String, TreeSet<Long>> byKey = new HashMap<>();
    /** What each of them waits for. */
    private final Map<Long, Set<Long>> before = new HashMap<>();

    private final Map<Long, Set<String>> keys = new HashMap<>();

    boolean isEmpty() {
        return before.isEmpty();
    }

    void clear() {
        byKey.clear();
        before.clear();
        keys.clear();
    }

    /** @param known everything in memory that is not through yet */
    void add(DeliveryRow row, Collection<DeliveryRow> known) {
        if (row.keys().size() == 1) {
            return;
        }
        Set<String> own = new HashSet<>(row.keys());
        Set<Long> earlier = new HashSet<>();
        for (DeliveryRow other : known) {
            if (other.messageId() < row.messageId() && !Collections.disjoint(other.keys(), own)) {
                earlier.add(other.messageId());
            }
        }
        before.put(row.messageId(), earlier);
        keys.put(row.messageId(), own);
        own.forEach(key -> byKey.computeIfAbsent(key, any -> new TreeSet<>()).add(row.messageId()));
    }

    void through(long messageId) {
        if (before.isEmpty()) {
            return;
        }
        before.values().forEach(earlier -> earlier.remove(messageId));
        before.remove(messageId);
        Set<String> own = keys.remove(messageId);
        for (String key : own == null ? Set.<String>of() : own) {
            byKey.computeIfPresent(key, (any, waiting) -> {
                waiting.remove(messageId);
                return waiting.isEmpty() ? null : waiting;
            });
        }
    }

    /** Whether it may go now. */
    boolean free(DeliveryRow row) {
        if (before.isEmpty()) {
            return true;
        }
        for (String key : row.keys()) {
            TreeSet<Long> crossing = byKey.get(key);
            if (crossing != null && crossing.first() < row.messageId()) {
                return false;
            }
        }
        return before.getOrDefault(row.messageId(), Set.of()).isEmpty();
    }
}
