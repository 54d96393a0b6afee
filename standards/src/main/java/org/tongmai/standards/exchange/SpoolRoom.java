package org.tongmai.standards.exchange;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.tongmai.standards.error.CodedException;

/** What one content takes of a {@link Spool}'s room, before it has a file and while it has one. By any thread. */
public final class SpoolRoom implements AutoCloseable {
    private final Spool spool;
    private final String sender;
    private long taken;
    private boolean over;

    /** @param sender whose part of the room counts; empty for none */
    SpoolRoom(Spool spool, String sender) {
        this.spool = spool;
        this.sender = sender;
    }

    /**
     * The file; waits for the disk. Closing it gives the room back.
     *
     * @throws CodedException {@link ExchangeError#NO_DISK_ROOM}; then the room is given back
     */
    public SpooledContent begin() {
        try {
            return new SpooledContent(this, spool.open());
        } catch (IOException e) {
            close();
            throw Spool.noRoom(e.getClass().getSimpleName(), e);
        }
    }

    /** Takes what is missing to as many bytes. */
    synchronized SpoolRoom reach(long bytes) {
        if (over) {
            throw Spool.noRoom("closed", null);
        }
        if (bytes > taken) {
            spool.take(sender, bytes - taken);
            taken = bytes;
        }
        return this;
    }

    /** Before bytes are written: the disk is not ours alone. */
    void look() {
        spool.look();
    }

    void end(FileChannel file) {
        spool.later(() -> {
            spool.close(file);
            close();
        });
    }

    /** Gives it back; for a room that got no file, which otherwise does so itself. */
    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            spool.give(sender, taken);
        }
    }
}
