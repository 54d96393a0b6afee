package org.tongmai.adapters.hospital.mllp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes every answer to a CSV file ({@code time,sequence,control_id,ordering_key,connection,code,attempts,micros}) at
 * once, so that a test that kills the receiver, or this process, can count what was acknowledged. Appends to a file
 * that is there. May be shared by several senders.
 */
public final class AcknowledgementLedger implements AcknowledgementListener, AutoCloseable {
    private final Writer file;
    private final Map<String, Long> counts = new TreeMap<>();

    public AcknowledgementLedger(Path path) throws IOException {
        boolean fresh = Files.notExists(path);
        file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh) {
            file.write("time,sequence,control_id,ordering_key,connection,code,attempts,micros\n");
        }
    }

    @Override
    public synchronized void acknowledged(Acknowledgement a) {
        counts.merge(a.code(), 1L, Long::sum);
        try {
            file.append(Instant.now().toString())
                    .append(',')
                    .append(Long.toString(a.message().sequence()))
                    .append(',')
                    .append(a.message().controlId())
                    .append(',')
                    .append(a.message().orderingKey())
                    .append(',')
                    .append(Integer.toString(a.connection()))
                    .append(',')
                    .append(a.code())
                    .append(',')
                    .append(Integer.toString(a.attempts()))
                    .append(',')
                    .append(Long.toString(a.nanos() / 1000))
                    .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many answers of each code. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
