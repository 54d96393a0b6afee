package org.tongmai.adapters.district.twin.internal;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** A CSV file that is only appended to. A last line torn by a crash is cut off when the file is opened. */
final class AppendedTable implements Closeable {
    private final Path file;
    private final FileChannel channel;

    AppendedTable(Path file, String header) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            cutTornLine(file);
        }
        channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        if (channel.size() == 0) {
            append(header + "\n");
        }
    }

    /** Passes every row after the header. */
    void read(Consumer<List<String>> each) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            CsvRows rows = new CsvRows(in);
            rows.next();
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                each.accept(row);
            }
        }
    }

    void append(CharSequence lines) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(java.nio.CharBuffer.wrap(lines));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void cutTornLine(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long end = open.length();
            while (end > 0) {
                open.seek(end - 1);
                if (open.read() == '\n') {
                    break;
                }
                end--;
            }
            open.setLength(end);
        }
    }
}
