package org.tongmai.adapters.district.twin.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.adapters.district.DistrictError;
import org.tongmai.adapters.district.twin.LedgerRecord;
import org.tongmai.standards.error.Issue;

/** Imports one complete file: takes its new records, writes the receipt, notes the import. Run by one thread only. */
final class FileImport {
    private static final String MESSAGE_NUMBER = "message_number";
    private static final String PATIENT_ID = "patient_id";
    /** Where a message has several records: which of them. */
    private static final String RECORD_ID = "record_id";

    private final LedgerFile ledger;
    private final Path inbox;

    FileImport(LedgerFile ledger, Path inbox) {
        this.ledger = ledger;
        this.inbox = inbox;
    }

    /** @param name the file, relative to the inbox, with slashes */
    void run(String name) throws IOException {
        Path file = inbox.resolve(name);
        LedgerFile.FileMark mark;
        Rows rows;
        try {
            mark = new LedgerFile.FileMark(
                    Files.size(file), Files.getLastModifiedTime(file).toMillis());
            rows = read(file, name);
        } catch (NoSuchFileException e) {
            // Replaced at this moment: the rename that follows brings its own import.
            return;
        }
        ledger.take(rows.fresh);
        writeReceipt(file, rows);
        ledger.imported(name, mark, new LedgerFile.Tally(rows.repeated, rows.duplicates, rows.issues.size()));
    }

    private Rows read(Path file, String name) throws IOException {
        Rows rows = new Rows(name, ledger.nextSequence());
        try (BufferedReader in = Files.newBufferedReader(file)) {
            CsvRows csv = new CsvRows(in);
            Map<String, Integer> columns = columns(csv.next());
            if (!columns.containsKey(MESSAGE_NUMBER) || !columns.containsKey(PATIENT_ID)) {
                rows.refuse(Issue.of(DistrictError.NOT_A_TABLE, "header", "expected message_number and patient_id"));
                return rows;
            }
            for (List<String> row = csv.next(); row != null; row = csv.next()) {
                rows.count++;
                rows.add(row, columns);
            }
        } catch (MalformedInputException e) {
            rows.fresh.clear();
            rows.refuse(Issue.of(DistrictError.NOT_A_TABLE, "", "found bytes that are not UTF-8"));
        }
        return rows;
    }

    private static Map<String, Integer> columns(List<String> header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; header != null && i < header.size(); i++) {
            columns.put(header.get(i).trim(), i);
        }
        return columns;
    }

    private void writeReceipt(Path file, Rows rows) throws IOException {
        Path receipt = file.resolveSibling(file.getFileName() + ".receipt.json");
        Path part = file.resolveSibling(receipt.getFileName() + ".part");
        Files.writeString(part, rows.receipt(file.getFileName().toString()));
        Files.move(part, receipt, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What one file holds. */
    private final class Rows {
        private final String name;
        private final Instant receivedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        private final List<LedgerRecord> fresh = new ArrayList<>();
        private final List<Issue> issues = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final long firstSequence;
        private long count;
        private long repeated;
        private long duplicates;

        private Rows(String name, long firstSequence) {
            this.name = name;
            this.firstSequence = firstSequence;
        }

        private void refuse(Issue issue) {
            issues.add(issue);
        }

        private void add(List<String> row, Map<String, Integer> columns) {
            String message = value(row, columns, MESSAGE_NUMBER);
            String patient = value(row, columns, PATIENT_ID);
            if (message.isEmpty() || patient.isEmpty()) {
                String column = message.isEmpty() ? MESSAGE_NUMBER : PATIENT_ID;
                refuse(Issue.of(DistrictError.ROW_INCOMPLETE, "row " + count, "expected a value in " + column));
                return;
            }
            String record = value(row, columns, RECORD_ID);
            String key = record.isEmpty() ? message : message + "/" + record;
            Optional<LedgerRecord> known = ledger.find(key);
            if (!seen.add(key) || known.isPresent() && !known.get().file().equals(name)) {
                duplicates++;
            } else if (known.isPresent()) {
                repeated++;
            } else {
                fresh.add(new LedgerRecord(
                        firstSequence + fresh.size(),
                        key,
                        patient,
                        value(row, columns, "event"),
                        value(row, columns, "event_time"),
                        name,
                        receivedAt));
            }
        }

        private String value(List<String> row, Map<String, Integer> columns, String column) {
            Integer at = columns.get(column);
            return at == null || at >= row.size() ? "" : row.get(at).trim();
        }

        private String receipt(String fileName) {
            ObjectNode receipt = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", fileName)
                    .put("received", receivedAt.toString())
                    .put("rows", count)
                    .put("accepted", fresh.size() + repeated)
                    .put("duplicates", duplicates);
            ArrayNode rejected = receipt.putArray("rejected");
            for (Issue issue : issues) {
                rejected.addObject()
                        .put("where", issue.location())
                        .put("code", issue.code().code())
                        .put("detail", issue.detail());
            }
            return receipt + "\n";
        }
    }
}
