package org.tongmai.console.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Every regular file below a folder in which servers are at work: what they deleted meanwhile is passed over. */
final class LivingFiles extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> living;
    private final Reader reader;

    /** Reads one file. */
    interface Reader {
        void read(Path file) throws IOException;
    }

    /** @param living folders below the root in which files may go; anywhere else one that is gone is a failure */
    LivingFiles(Path root, List<Path> living, Reader reader) {
        this.root = root;
        this.living = living;
        this.reader = reader;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()) {
            try {
                reader.read(file);
            } catch (NoSuchFileException e) {
                return visitFileFailed(file, e);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        Path name = root.relativize(file);
        if (failure instanceof NoSuchFileException && living.stream().anyMatch(name::startsWith)) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
    }
}
