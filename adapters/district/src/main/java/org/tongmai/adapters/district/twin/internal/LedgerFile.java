package org.tongmai.adapters.district.twin.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.adapters.district.twin.DistrictLedger;
import org.tongmai.adapters.district.twin.LedgerRecord;

/**
 * The ledger in memory and in two files: {@code ledger.csv} has a line for every record taken, {@code imports.csv} one
 * for every file imported. The records of a file are appended before its import is, so that a file whose import was
 * cut short is imported again, and finds its own records.
 */
final class LedgerFile implements DistrictLedger, Closeable {
    private final AppendedTable recordTable;
    private final AppendedTable importTable;
    private final Map<String, LedgerRecord> byMessage = new LinkedHashMap<>();
    private final Map<String, List<String>> byPatient = new HashMap<>();
    private final Map<String, FileMark> imported = new HashMap<>();
    private Counts totals = new Counts(0, 0, 0, 0, 0);

    LedgerFile(Path folder) throws IOException {
        recordTable = new AppendedTable(
                folder.resolve("ledger.csv"), "sequence,message_number,patient_id,event,event_time,file,received_at");
        recordTable.read(row -> index(new LedgerRecord(
                Long.parseLong(row.get(0)),
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5),
                Instant.parse(row.get(6)))));
        importTable =
                new AppendedTable(folder.resolve("imports.csv"), "file,size,modified,repeated,duplicates,rejected");
        importTable.read(row -> count(
                row.get(0),
                new FileMark(Long.parseLong(row.get(1)), Long.parseLong(row.get(2))),
                new Tally(Long.parseLong(row.get(3)), Long.parseLong(row.get(4)), Long.parseLong(row.get(5)))));
    }

    /** Size and time of change of a file, enough to see that it was replaced. */
    record FileMark(long size, long modified) {}

    /** What was counted while a file was imported, besides its new records. */
    record Tally(long repeated, long duplicates, long rejected) {}

    synchronized boolean isImported(String file, FileMark mark) {
        return mark.equals(imported.get(file));
    }

    synchronized long nextSequence() {
        return byMessage.size() + 1L;
    }

    /** Appends the new records of a file. Call {@link #imported} afterwards. */
    synchronized void take(List<LedgerRecord> records) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (LedgerRecord r : records) {
            lines.append(CsvRows.line(
                    r.sequence(),
                    r.messageNumber(),
                    r.patientId(),
                    r.event(),
                    r.eventTime(),
                    r.file(),
                    r.receivedAt()));
        }
        recordTable.append(lines);
        records.forEach(this::index);
    }

    /** Appends that a file is done. */
    synchronized void imported(String file, FileMark mark, Tally tally) throws IOException {
        importTable.append(CsvRows.line(
                file, mark.size(), mark.modified(), tally.repeated(), tally.duplicates(), tally.rejected()));
        count(file, mark, tally);
    }

    @Override
    public synchronized Optional<LedgerRecord> find(String messageNumber) {
        return Optional.ofNullable(byMessage.get(messageNumber));
    }

    @Override
    public synchronized List<LedgerRecord> records() {
        return List.copyOf(byMessage.values());
    }

    @Override
    public synchronized List<String> messagesOf(String patientId) {
        return List.copyOf(byPatient.getOrDefault(patientId, List.of()));
    }

    @Override
    public synchronized Counts counts() {
        return new Counts(byMessage.size(), totals.files(), totals.repeated(), totals.duplicates(), totals.rejected());
    }

    @Override
    public synchronized void close() throws IOException {
        recordTable.close();
        importTable.close();
    }

    private void index(LedgerRecord taken) {
        byMessage.put(taken.messageNumber(), taken);
        byPatient.computeIfAbsent(taken.patientId(), p -> new ArrayList<>()).add(taken.messageNumber());
    }

    private void count(String file, FileMark mark, Tally tally) {
        imported.put(file, mark);
        totals = new Counts(
                0,
                totals.files() + 1,
                totals.repeated() + tally.repeated(),
                totals.duplicates() + tally.duplicates(),
                totals.rejected() + tally.rejected());
    }
}
