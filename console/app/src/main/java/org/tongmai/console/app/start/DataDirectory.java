package org.tongmai.console.app.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.database.OwnerOnly;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The folder in which one running instance keeps everything; readable by its user only, locked while in use. */
public final class DataDirectory implements AutoCloseable {
    private static final int SECRET_BYTES = 24;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Creates the folder when it is absent and locks it; the lock ends with the process, however it ends. */
    public static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            OwnerOnly.folder(path);
            OwnerOnly.folder(path.resolve("secrets"));
            OwnerOnly.folder(path.resolve("logs"));
            FileChannel channel =
                    FileChannel.open(path.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new CodedException(Issue.of(
                        AppError.DATA_DIRECTORY_IN_USE,
                        "",
                        path + "; expected: another tongmai.data-directory for a second instance"));
            }
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.DATA_DIRECTORY_NOT_WRITABLE, "", e.toString()), e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String child) {
        return path.resolve(child);
    }

    /** The secret of this name: random, made once, kept in a file that only the owner reads. */
    public String secret(String name) {
        return kept(path.resolve("secrets").resolve(name), () -> {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        });
    }

    /** A secret of another form, made once, kept in a file that only the owner reads. */
    public String secret(String name, Supplier<String> first) {
        return kept(path.resolve("secrets").resolve(name), first);
    }

    /** A folder of this name that only the owner reads. */
    public Path folder(String name) {
        try {
            return OwnerOnly.folder(path.resolve(name));
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.DATA_DIRECTORY_NOT_WRITABLE, "", e.toString()), e);
        }
    }

    private static String kept(Path file, Supplier<String> first) {
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readString(file).trim();
            }
            String value = first.get();
            OwnerOnly.write(file, value);
            return value;
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.DATA_DIRECTORY_NOT_WRITABLE, "", e.toString()), e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
