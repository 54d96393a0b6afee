package org.tongmai.standards.canonical;

import java.util.List;

/**
 * Deliveries that travel together, in order of receipt. The body of an exchange of a delivering route. A batch that is
 * tried again, also after a crash, has the same number and the same deliveries, so its file has the same name and the
 * same content.
 *
 * @param batchId unique for the destination
 * @param destination route id
 * @param deliveries at least one
 */
public record CanonicalBatch(long batchId, String destination, List<CanonicalDelivery> deliveries) {
    public CanonicalBatch {
        deliveries = List.copyOf(deliveries);
    }

    @Override
    public String toString() {
        return "CanonicalBatch[" + batchId + ", " + deliveries.size() + " deliveries]";
    }
}
