package org.tongmai.routes.engine.audit.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints of this node outside the database: a file a month, only added to, one line a checkpoint. */
final class CheckpointFile {
    private static final String PREFIX = "checkpoints-";
    private static final String SUFFIX = ".log";

    private final Path folder;

    CheckpointFile(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Writes a line and waits until it is on the disk. What a torn write has left behind the last whole line goes. */
    void append(Checkpoint checkpoint) throws IOException {
        Path file = folder.resolve(PREFIX + monthOf(checkpoint.head().at()) + SUFFIX);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(wholeLines(channel));
            channel.truncate(channel.position());
            ByteBuffer line = ByteBuffer.wrap((checkpoint.line() + '\n').getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    /** The last checkpoint that was written whole. */
    Optional<Checkpoint> last() throws IOException {
        List<Path> files = files();
        for (int i = files.size() - 1; i >= 0; i--) {
            String last = null;
            try (Stream<String> lines = Files.lines(files.get(i), StandardCharsets.UTF_8)) {
                last = lines.filter(CheckpointFile::readable)
                        .reduce((a, b) -> b)
                        .orElse(null);
            }
            if (last != null) {
                return Optional.of(Checkpoint.read(last));
            }
        }
        return Optional.empty();
    }

    /** All lines in their order; to be closed. A torn last line is left out. */
    Stream<String> lines() throws IOException {
        List<Path> files = files();
        Stream<String> all = Stream.empty();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            all = Stream.concat(all, wholeLines(file));
        }
        return all;
    }

    private static Stream<String> wholeLines(Path file) throws IOException {
        boolean torn;
        long lines;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            torn = wholeLines(channel) != channel.size();
        }
        if (!torn) {
            return Files.lines(file, StandardCharsets.ISO_8859_1);
        }
        try (Stream<String> counted = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines = counted.count();
        }
        return Files.lines(file, StandardCharsets.ISO_8859_1).limit(lines - 1);
    }

    /** Deletes the files of months that ended before the time. */
    void prune(Instant before) throws IOException {
        String month = monthOf(before);
        for (Path file : files()) {
            if (file.getFileName().toString().compareTo(PREFIX + month) < 0) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
                    })
                    .sorted()
                    .toList());
        }
    }

    private static boolean readable(String line) {
        try {
            Checkpoint.read(line);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String monthOf(Instant time) {
        return YearMonth.from(time.atOffset(Block.ZONE)).toString();
    }
}
