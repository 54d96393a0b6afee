package org.tongmai.adapters.hospital.twin;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a receiver has taken, by control id and by patient, in order of arrival; kept in a CSV file
 * ({@code sequence,control_id,patient_id}) that is written before the answer, so it survives a restart. What comes again
 * is noted beside it, in {@code repetitions.csv}: {@code after_sequence,control_id,patient_id}.
 */
public final class DownstreamLedger implements Closeable {
    private final Set<String> controlIds = new LinkedHashSet<>();
    private final Map<String, List<String>> byPatient = new HashMap<>();
    private final BufferedWriter file;
    private final BufferedWriter repetitions;
    private long duplicates;

    DownstreamLedger(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        if (Files.exists(path)) {
            cutTornLine(path);
            try (BufferedReader lines = Files.newBufferedReader(path)) {
                lines.lines().skip(1).map(line -> line.split(",", 3)).forEach(row -> index(row[1], row[2]));
            }
        }
        file = appending(path, "sequence,control_id,patient_id\n");
        repetitions = appending(path.resolveSibling("repetitions.csv"), "after_sequence,control_id,patient_id\n");
    }

    private static BufferedWriter appending(Path path, String header) throws IOException {
        boolean fresh = Files.notExists(path) || Files.size(path) == 0;
        BufferedWriter writer = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh) {
            writer.write(header);
            writer.flush();
        }
        return writer;
    }

    /** Lists all control ids in order of arrival. */
    public synchronized List<String> controlIds() {
        return List.copyOf(controlIds);
    }

    /** Lists one patient's control ids in order of arrival. */
    public synchronized List<String> messagesOf(String patientId) {
        return List.copyOf(byPatient.getOrDefault(patientId, List.of()));
    }

    public synchronized int count() {
        return controlIds.size();
    }

    /** How often a message came again. */
    public synchronized long duplicates() {
        return duplicates;
    }

    /** Takes a message; one that was taken before is only counted. */
    synchronized void take(String controlId, String patientId) throws IOException {
        if (controlIds.contains(controlId)) {
            duplicates++;
            write(repetitions, controlIds.size(), controlId, patientId);
            return;
        }
        write(file, controlIds.size() + 1, controlId, patientId);
        index(controlId, patientId);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
        repetitions.close();
    }

    private static void write(BufferedWriter file, int sequence, String controlId, String patientId)
            throws IOException {
        file.write(sequence + "," + plain(controlId) + "," + plain(patientId) + "\n");
        file.flush();
    }

    private void index(String controlId, String patientId) {
        controlIds.add(controlId);
        byPatient.computeIfAbsent(patientId, p -> new ArrayList<>()).add(controlId);
    }

    private static String plain(String value) {
        return value.replace(',', ' ').replace('\n', ' ');
    }

    private static void cutTornLine(Path path) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] all = Files.readAllBytes(path);
            int lastLine = new String(all, StandardCharsets.ISO_8859_1).lastIndexOf('\n');
            open.setLength(lastLine + 1L);
        }
    }
}
