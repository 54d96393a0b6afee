package org.tongmai.standards.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Room on disk for contents that are too large to be held in memory. A file has its name taken away as soon as it is open
 * (POSIX), so that nobody else can open it and nothing is left of it however the process ends. Of the room one sender has a
 * quarter at most, all senders three quarters: the rest is for answers.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String ENDING = ".content";
    private static final int IDLE_SECONDS = 10;
    private static final int PARTS = 4;

    private final Path directory;
    private final Bounds bounds;
    private final Map<String, Long> ofSenders = new HashMap<>();
    private long used;
    private long sent;
    private FileStore disk;
    private final ThreadPoolExecutor closing =
            new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "http-spool");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * What may lie in files.
     *
     * @param above bytes up to which a content is held in memory
     * @param room most bytes of all files together
     * @param free bytes of the disk that are left to others: where there are fewer, nothing is written
     */
    public record Bounds(long above, long room, long free) {}

    /**
     * Deletes what another process left in the directory, and writes a file, so that a disk that can not be used is seen in
     * the log at once and not by callers.
     *
     * @param directory there, readable by its owner alone, of this process alone
     */
    public Spool(Path directory, Bounds bounds) {
        this.directory = directory;
        this.bounds = bounds;
        closing.allowCoreThreadTimeOut(true);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path each : left) {
                Files.delete(each);
            }
        } catch (IOException e) {
            notDeleted(e);
        }
        try (FileChannel file = open()) {
            file.write(ByteBuffer.allocate(1));
            disk = Files.getFileStore(directory);
            look();
        } catch (IOException e) {
            complain(ExchangeError.NO_DISK_ROOM, e.getClass().getSimpleName());
        } catch (CodedException e) {
            complain(ExchangeError.NO_DISK_ROOM, e.issues().get(0).detail());
        }
    }

    /** Bytes up to which a content is held in memory. */
    public long above() {
        return bounds.above();
    }

    /** Most bytes of all files together. */
    public long room() {
        return bounds.room();
    }

    /** Most bytes of what one sender sends at once. */
    public long share() {
        return bounds.room() / PARTS;
    }

    /** Bytes that contents have taken of it now. */
    public synchronized long used() {
        return used;
    }

    /**
     * Room for the content a sender is about to send; does not wait for the disk.
     *
     * @param address IP address; one IPv6 network of 64 bits is one sender
     * @param announced bytes that are taken at once; more can follow
     * @throws CodedException {@link ExchangeError#NO_DISK_ROOM}
     */
    public SpoolRoom ofSender(String address, long announced) {
        return new SpoolRoom(this, AddressBlock.sender(address)).reach(announced);
    }

    /** Room for an answer, taken as it comes. */
    public SpoolRoom ofAnswer() {
        return new SpoolRoom(this, "");
    }

    FileChannel open() throws IOException {
        Set<StandardOpenOption> how = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        return FileChannel.open(directory.resolve(UUID.randomUUID() + ENDING), how, ownerOnly());
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    synchronized void take(String sender, long bytes) {
        long share = share();
        if (bytes > bounds.room() - used) {
            throw noRoom("expected: at most " + bounds.room() + " bytes of all together", null);
        }
        if (!sender.isEmpty()) {
            long own = ofSenders.getOrDefault(sender, 0L);
            if (bytes > share - own || bytes > bounds.room() - share - sent) {
                throw noRoom("expected: at most " + share + " bytes of one sender, three times that of all", null);
            }
            ofSenders.put(sender, own + bytes);
            sent += bytes;
        }
        used += bytes;
    }

    synchronized void give(String sender, long bytes) {
        used -= bytes;
        if (!sender.isEmpty()) {
            sent -= bytes;
            ofSenders.computeIfPresent(sender, (name, own) -> own == bytes ? null : own - bytes);
        }
    }

    /** @throws CodedException {@link ExchangeError#NO_DISK_ROOM} where others would be left less of the disk than is theirs */
    void look() {
        try {
            if (disk != null && disk.getUsableSpace() < bounds.free()) {
                throw noRoom("expected: " + bounds.free() + " bytes left free on the disk", null);
            }
        } catch (IOException e) {
            throw noRoom(e.getClass().getSimpleName(), e);
        }
    }

    /** Freeing a large file takes its time, which no connection's thread has. */
    void later(Runnable task) {
        closing.execute(task);
    }

    void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            notDeleted(e);
        }
    }

    private static void notDeleted(IOException cause) {
        complain(ExchangeError.NOT_DELETED, cause.getClass().getSimpleName());
    }

    private static void complain(ExchangeError error, String kind) {
        LOG.error("{} {} ({})", error.code(), error.summary(), kind);
    }

    static CodedException noRoom(String detail, IOException cause) {
        return new CodedException(Issue.of(ExchangeError.NO_DISK_ROOM, "", detail), cause);
    }
}
