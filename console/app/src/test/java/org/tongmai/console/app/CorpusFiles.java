package org.tongmai.console.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The messages by other people that lie beside the repository; tests that need them are skipped where they are absent. */
final class CorpusFiles {
    private static final List<String> FOLDERS = List.of("hl7v2", "hl7v2-derived-chinese", "hl7v2-fhir-pairs");

    private CorpusFiles() {}

    /** One message of a file. */
    record Message(Path file, byte[] bytes) {
        /** A batch's messages are journalled one by one. */
        boolean isBatch() {
            return startsWith(bytes, 0, "FHS") || startsWith(bytes, 0, "BHS");
        }

        boolean contains(byte[] part) {
            return new String(bytes, StandardCharsets.ISO_8859_1)
                    .contains(new String(part, StandardCharsets.ISO_8859_1));
        }

        @Override
        public String toString() {
            return file.getFileName() + " (" + bytes.length + " bytes)";
        }
    }

    /** Answers the corpora folder, or skips the test with the reason. */
    static Path root() {
        Path corpora = null;
        for (Path at = Path.of("").toAbsolutePath(); at != null && corpora == null; at = at.getParent()) {
            Path folder = at.resolveSibling("shared").resolve("corpora");
            corpora = Files.isDirectory(folder) ? folder : null;
        }
        assumeTrue(corpora != null, "skipped: no folder shared/corpora beside the repository");
        return corpora;
    }

    /** Every HL7 v2 message of every folder; a file with several messages gives several. */
    static List<Message> messages() {
        List<Message> all = new ArrayList<>();
        for (String folder : FOLDERS) {
            Path path = root().resolve(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".json"))
                            .sorted()
                            .forEach(file -> all.addAll(split(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return all;
    }

    private static List<Message> split(Path file) {
        byte[] bytes = read(file);
        List<Message> messages = new ArrayList<>();
        if (startsWith(bytes, 0, "FHS") || startsWith(bytes, 0, "BHS")) {
            messages.add(new Message(file, bytes));
            return messages;
        }
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            boolean lineStart = i > 0 && (bytes[i - 1] == '\r' || bytes[i - 1] == '\n');
            if (lineStart && startsWith(bytes, i, "MSH") && current.size() > 0) {
                messages.add(new Message(file, current.toByteArray()));
                current.reset();
            }
            current.write(bytes[i]);
        }
        messages.add(new Message(file, current.toByteArray()));
        return messages;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean startsWith(byte[] bytes, int offset, String prefix) {
        if (offset + prefix.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[offset + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
