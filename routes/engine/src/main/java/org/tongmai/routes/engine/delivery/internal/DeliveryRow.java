package org.tongmai.routes.engine.delivery.internal;

import java.time.LocalDate;
import java.util.List;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.OrderingKeys;

/**
 * One delivery that is open.
 *
 * @param messageId the message
 * @param keys what must stay in order: one, or more where it concerns several patients
 */
record DeliveryRow(long messageId, List<String> keys) {
    /** @param patientKey as {@link OrderingKeys} writes it */
    static DeliveryRow of(long messageId, String patientKey) {
        return new DeliveryRow(messageId, OrderingKeys.split(patientKey));
    }

    /** The partition it lies in. */
    LocalDate day() {
        return MessageIds.dayOf(messageId);
    }

    @Override
    public String toString() {
        return "DeliveryRow[" + messageId + "]";
    }
}
