package org.tongmai.routes.engine.delivery.internal;

import java.time.LocalDate;
import java.util.List;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.OrderingKeys;

/**
 * One delivery that is open.
 *
 * @param messageId the message
 * @param patientKey what must stay in order, as {@link OrderingKeys} writes it
 */
record DeliveryRow(long messageId, String patientKey) {
    /** The partition it lies in. */
    LocalDate day() {
        return MessageIds.dayOf(messageId);
    }

    List<String> keys() {
        return OrderingKeys.split(patientKey);
    }

    @Override
    public String toString() {
        return "DeliveryRow[" + messageId + "]";
    }
}
