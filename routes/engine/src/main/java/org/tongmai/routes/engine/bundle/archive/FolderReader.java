package org.tongmai.routes.engine.bundle.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The files of a folder, as many as a bundle may have; what is hidden is left out, links are refused. */
final class FolderReader extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final ArchiveLimits limits;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private int total;

    private FolderReader(Path folder, ArchiveLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    static SortedMap<String, byte[]> read(Path folder, ArchiveLimits limits) throws IOException {
        // The folder itself may be a link, what is in it may not.
        FolderReader reader = new FolderReader(folder.toRealPath(), limits);
        Files.walkFileTree(reader.folder, reader);
        return reader.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
        boolean leftOut = !directory.equals(folder) && hidden(directory);
        return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
        if (hidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!facts.isRegularFile()) {
            throw new CodedException(Issue.of(
                    BundleError.NAME_FORBIDDEN, FileNames.printable(name), "a link or device, expected a file"));
        }
        int most = Math.min(limits.fileBytes(), limits.totalBytes() - total);
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(most + 1);
            if (bytes.length > most || files.size() == limits.files()) {
                throw new CodedException(Issue.of(
                        BundleError.ARCHIVE_TOO_LARGE, FileNames.printable(name), "expected at most " + limits));
            }
            total += bytes.length;
            files.put(name, bytes);
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
