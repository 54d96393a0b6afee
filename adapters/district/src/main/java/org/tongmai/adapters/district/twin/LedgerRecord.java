package org.tongmai.adapters.district.twin;

import java.time.Instant;

/**
 * One record the district has taken.
 *
 * @param sequence order of arrival, from 1
 * @param messageNumber the record's key: the message's number, with {@code /} and the record's id where it has one
 * @param patientId whose it is, as sent
 * @param event what happened, as sent; may be empty
 * @param eventTime when it happened, as sent; may be empty
 * @param file the file it came in, relative to the inbox
 * @param receivedAt when the district took it
 */
public record LedgerRecord(
        long sequence,
        String messageNumber,
        String patientId,
        String event,
        String eventTime,
        String file,
        Instant receivedAt) {
    @Override
    public String toString() {
        return "LedgerRecord[" + sequence + "]";
    }
}
