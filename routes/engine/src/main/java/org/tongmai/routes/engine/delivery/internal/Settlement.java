package org.tongmai.routes.engine.delivery.internal;

import java.time.Instant;
import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * One change of state of deliveries of one destination.
 *
 * @param destination route id
 * @param kind what happened to them
 * @param batchId the batch's number; 0 where it does not matter
 * @param rows the deliveries
 * @param failure why, for {@link Kind#RETRIED} and {@link Kind#PARKED}
 * @param nextAttempt when, for {@link Kind#RETRIED}
 * @param told what was noticed while they were written, for {@link Kind#DELIVERED}
 */
record Settlement(
        String destination,
        Kind kind,
        long batchId,
        List<DeliveryRow> rows,
        Failure failure,
        Instant nextAttempt,
        List<Issue> told) {

    /** What can happen to deliveries. */
    enum Kind {
        /** They got a batch number and are about to be sent. */
        BEGUN,
        DELIVERED,
        /** The destination failed; they wait, and keep their batch number. */
        RETRIED,
        PARKED
    }

    /** Says whether a batch of several ends with this; the number of a single is its message's and was not written. */
    boolean endsBatch() {
        return (kind == Kind.DELIVERED || kind == Kind.PARKED)
                && batchId != 0
                && batchId != rows.get(0).messageId();
    }

    static Settlement begun(String destination, Batch batch) {
        return new Settlement(destination, Kind.BEGUN, batch.id(), batch.rows(), null, null, List.of());
    }

    static Settlement delivered(String destination, Batch batch, List<Issue> told) {
        return new Settlement(destination, Kind.DELIVERED, batch.id(), batch.rows(), null, null, told);
    }

    static Settlement retried(String destination, Batch batch, Failure failure, Instant nextAttempt) {
        return new Settlement(destination, Kind.RETRIED, batch.id(), batch.rows(), failure, nextAttempt, List.of());
    }

    static Settlement parked(String destination, Batch batch, Failure failure) {
        return new Settlement(destination, Kind.PARKED, batch.id(), batch.rows(), failure, null, List.of());
    }
}
