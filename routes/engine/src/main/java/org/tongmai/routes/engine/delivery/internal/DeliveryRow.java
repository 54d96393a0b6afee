package org.tongmai.routes.engine.delivery.internal;

import java.time.LocalDate;
import org.tongmai.routes.engine.journal.MessageIds;

/**
 * One delivery that is open.
 *
 * @param messageId the message
 * @param patientKey what must stay in order
 */
record DeliveryRow(long messageId, String patientKey) {
    /** The partition it lies in. */
    LocalDate day() {
        return MessageIds.dayOf(messageId);
    }

    @Override
    public String toString() {
        return "DeliveryRow[" + messageId + "]";
    }
}
