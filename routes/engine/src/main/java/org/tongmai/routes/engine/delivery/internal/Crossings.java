package org.tongmai.routes.engine.delivery.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps deliveries in order that concern several patients, for whom lanes are not enough: each goes when everything before
 * it of its patients is through, and what comes after it of any of them goes when it is through. Each waits for older ones
 * only, so that none wait for each other. While there is none, nothing is kept. Guarded by the queue's lock.
 */
final class Crossings {
    /** Those of several patients that are not through yet. */
    private final Set<Long> crossing = new HashSet<>();
    /** What is not through yet, by patient and in order; empty while nothing crosses. */
    private final Map<String, Line> lines = new HashMap<>();

    /** Everything of a patient, and what of it crosses. */
    private static final class Line {
        private final TreeSet<Long> all = new TreeSet<>();
        private final TreeSet<Long> crossing = new TreeSet<>();
    }

    boolean isEmpty() {
        return crossing.isEmpty();
    }

    void clear() {
        crossing.clear();
        lines.clear();
    }

    /** @param known everything in memory that is not through yet, this one too */
    void add(DeliveryRow row, Collection<DeliveryRow> known) {
        boolean crosses = crosses(row);
        if (crosses && crossing.isEmpty()) {
            known.forEach(this::queue);
        } else if (crosses || !crossing.isEmpty()) {
            queue(row);
        }
        if (crosses) {
            crossing.add(row.messageId());
        }
    }

    private static boolean crosses(DeliveryRow row) {
        return row.keys().size() > 1;
    }

    private void queue(DeliveryRow row) {
        for (String key : row.keys()) {
            Line line = lines.computeIfAbsent(key, any -> new Line());
            line.all.add(row.messageId());
            if (crosses(row)) {
                line.crossing.add(row.messageId());
            }
        }
    }

    void through(DeliveryRow row) {
        if (crossing.isEmpty()) {
            return;
        }
        crossing.remove(row.messageId());
        if (crossing.isEmpty()) {
            lines.clear();
            return;
        }
        for (String key : row.keys()) {
            lines.computeIfPresent(key, (any, line) -> {
                line.all.remove(row.messageId());
                line.crossing.remove(row.messageId());
                return line.all.isEmpty() ? null : line;
            });
        }
    }

    /** Whether it may go now. */
    boolean free(DeliveryRow row) {
        if (crossing.isEmpty()) {
            return true;
        }
        boolean crosses = crosses(row);
        for (String key : row.keys()) {
            Line line = lines.get(key);
            TreeSet<Long> before = line == null ? null : crosses ? line.all : line.crossing;
            if (before != null && !before.isEmpty() && before.first() < row.messageId()) {
                return false;
            }
        }
        return true;
    }
}
