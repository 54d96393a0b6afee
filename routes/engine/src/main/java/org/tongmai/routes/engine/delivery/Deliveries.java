package org.tongmai.routes.engine.delivery;

import java.util.List;

/** Watches and governs what leaves the platform: for the console. */
public interface Deliveries {
    /** Every destination of the running bundles. */
    List<Destination> destinations();

    /** Parked deliveries grouped by destination and cause, most first. */
    List<ParkedCause> parkedCauses();

    /**
     * Puts parked deliveries back into their queue, in order of receipt.
     *
     * @param destination route id
     * @param causeCode only those with this cause, or null for all
     * @return how many were put back
     */
    int release(String destination, String causeCode);

    /** Stops delivering to the destination; what waits keeps waiting. */
    void pause(String destination);

    void resume(String destination);

    /**
     * A destination as seen now.
     *
     * @param id route id, for example {@code hospital-adt-to-district.deliver-to-district}
     * @param topic canonical channel it subscribes to
     * @param breaker {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN} or {@code PAUSED}
     * @param waiting deliveries not settled
     * @param parked deliveries waiting for a person
     * @param lastCause code and line of the last failure, or empty
     */
    record Destination(String id, String topic, String breaker, long waiting, long parked, String lastCause) {}

    /** So many parked deliveries share this cause. */
    record ParkedCause(String destination, String causeCode, String cause, long count) {}
}
