package org.tongmai.standards.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Room on disk for contents that are too large to be held in memory. A file has its name taken away as soon as it is open
 * (POSIX), so that nobody else can open it and nothing is left of it however the process ends.
 */
public final class Spool {
    private static final String ENDING = ".content";
    private static final int IDLE_SECONDS = 10;

    private final Path directory;
    private final long above;
    private final long room;
    private final AtomicLong used = new AtomicLong();
    private final ThreadPoolExecutor closing =
            new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "http-spool");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Deletes what another process left in the directory.
     *
     * @param directory there, readable by its owner alone, of this process alone
     * @param above bytes up to which a content is held in memory
     * @param room most bytes of all files together
     */
    public Spool(Path directory, long above, long room) {
        this.directory = directory;
        this.above = above;
        this.room = room;
        closing.allowCoreThreadTimeOut(true);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path each : left) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes up to which a content is held in memory. */
    public long above() {
        return above;
    }

    /** Bytes in files now. */
    public long used() {
        return used.get();
    }

    /** Whether there is room for as many bytes now; nothing is taken. */
    public boolean hasRoom(long bytes) {
        return used.get() + bytes <= room;
    }

    /**
     * A file for one content; waits for the disk.
     *
     * @throws CodedException {@link ExchangeError#NO_DISK_ROOM}
     */
    public SpooledContent begin() {
        Set<StandardOpenOption> how = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        try {
            return new SpooledContent(
                    this, FileChannel.open(directory.resolve(UUID.randomUUID() + ENDING), how, ownerOnly()));
        } catch (IOException e) {
            throw noRoom(e.getClass().getSimpleName(), e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    void take(int bytes) {
        if (used.addAndGet(bytes) > room) {
            used.addAndGet(-bytes);
            throw noRoom("expected: at most " + room + " bytes of all together", null);
        }
    }

    /** Freeing a large file takes its time, which no connection's thread has. */
    void later(Runnable task) {
        closing.execute(task);
    }

    void end(FileChannel file, long bytes) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            used.addAndGet(-bytes);
        }
    }

    static CodedException noRoom(String detail, IOException cause) {
        return new CodedException(Issue.of(ExchangeError.NO_DISK_ROOM, "", detail), cause);
    }
}
