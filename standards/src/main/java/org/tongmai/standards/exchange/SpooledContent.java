package org.tongmai.standards.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** A content in a file without a name: written by one thread at a time, then read by any. */
public final class SpooledContent implements HttpContent {
    private final SpoolRoom room;
    private final FileChannel file;
    private volatile long length;
    private final AtomicBoolean closed = new AtomicBoolean();

    SpooledContent(SpoolRoom room, FileChannel file) {
        this.room = room;
        this.file = file;
    }

    /**
     * Puts bytes at its end; waits for the disk.
     *
     * @throws CodedException {@link ExchangeError#NO_DISK_ROOM}; then it can only be closed
     */
    public synchronized void append(byte[] bytes) {
        if (closed.get()) {
            throw new CodedException(Issue.of(ExchangeError.NOT_READ, "", "closed"));
        }
        long at = length;
        room.reach(at + bytes.length);
        room.look();
        length += bytes.length;
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            while (rest.hasRemaining()) {
                at += file.write(rest, at);
            }
        } catch (IOException e) {
            throw Spool.noRoom(e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean isHeld() {
        return false;
    }

    @Override
    public byte[] bytes() {
        throw new CodedException(Issue.of(ExchangeError.TOO_LARGE_TO_READ, "", "found: " + length + " bytes"));
    }

    @Override
    public byte[] read(long from, int most) {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.max(0, Math.min(most, length - from)));
        try {
            while (piece.hasRemaining()) {
                if (file.read(piece, from + piece.position()) < 0) {
                    throw new EOFException();
                }
            }
        } catch (IOException e) {
            throw new CodedException(
                    Issue.of(ExchangeError.NOT_READ, "", e.getClass().getSimpleName()), e);
        }
        return piece.array();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            room.end(file);
        }
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "HttpContent[" + length + " bytes, in a file]";
    }
}
