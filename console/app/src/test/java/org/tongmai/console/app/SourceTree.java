package org.tongmai.console.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The repository's own files, for tests that look at all of them. */
final class SourceTree {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".tongmai", "dist", ".idea");

    private SourceTree() {}

    /** The folder with the parent {@code pom.xml}. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("routes")) || !Files.isRegularFile(folder.resolve("pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run inside the repository");
            }
        }
        return folder;
    }

    /** Every file that belongs to the repository, without what builds and tools leave. */
    static List<Path> files() {
        try (Stream<Path> files = walk(root())) {
            return files.toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream().flatMap(entry -> {
                // In a second working tree .git is a file.
                if (NOT_OURS.contains(entry.getFileName().toString())) {
                    return Stream.empty();
                }
                return Files.isDirectory(entry) ? walk(entry) : Stream.of(entry);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
