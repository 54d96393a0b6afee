package org.tongmai.adapters.district.twin;

import java.util.List;
import java.util.Optional;

/** What a district twin has taken, in order of arrival. Safe for use by many threads. */
public interface DistrictLedger {
    /** Finds the record of a message. */
    Optional<LedgerRecord> find(String messageNumber);

    /** Copies all records, in order of arrival. */
    List<LedgerRecord> records();

    /** Lists one patient's message numbers in order of arrival. */
    List<String> messagesOf(String patientId);

    Counts counts();

    /**
     * Totals since the ledger was begun.
     *
     * @param records different messages taken
     * @param files files imported, a repeated file counted each time
     * @param repeated rows that came again in a file of the same name, as after a broken connection
     * @param duplicates rows that came again in another file, or twice in one: the sender's mistake
     * @param rejected rows or files refused with a code
     */
    record Counts(long records, long files, long repeated, long duplicates, long rejected) {}
}
