package org.tongmai.routes.engine.delivery.internal;

import java.util.Comparator;
import java.util.List;

/**
 * Deliveries that travel together, in order of receipt, so that a batch that is built again after a crash is the same.
 *
 * @param id its number, or 0 as long as it has none
 * @param rows at least one
 */
record Batch(long id, List<DeliveryRow> rows) {
    static Batch of(long id, List<DeliveryRow> rows) {
        return new Batch(
                id,
                rows.stream()
                        .sorted(Comparator.comparingLong(DeliveryRow::messageId))
                        .toList());
    }

    Batch withId(long number) {
        return new Batch(number, rows);
    }

    List<Batch> halves() {
        int half = rows.size() / 2;
        return List.of(new Batch(0, rows.subList(0, half)), new Batch(0, rows.subList(half, rows.size())));
    }
}
