package org.tongmai.standards.canonical;

import java.util.List;

/**
 * One event on its way to one destination, with the data it speaks of.
 *
 * @param event what happened
 * @param resources the resource versions of the event, in its order
 */
public record CanonicalDelivery(CanonicalEvent event, List<CanonicalResource> resources) {
    public CanonicalDelivery {
        resources = List.copyOf(resources);
    }

    @Override
    public String toString() {
        return "CanonicalDelivery[" + event.messageId() + ", " + event.event() + "]";
    }
}
