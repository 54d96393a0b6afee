package org.tongmai.adapters.http.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.tongmai.standards.exchange.SpoolRoom;
import org.tongmai.standards.exchange.SpooledContent;

/**
 * Puts what a stream brings into a file, and holds the stream while the disk is at work: memory is needed for one piece. Used
 * on the stream's thread; the disk is waited for on another.
 */
final class Spooling {
    /** Bytes that are gathered before they are written; as many again can come meanwhile. */
    static final int PIECE = 64 * 1024;

    private final SpoolRoom room;
    private final Context context;
    private final Source stream;
    private final Promise<SpooledContent> whole = Promise.promise();
    private Buffer gathered = Buffer.buffer();
    private SpooledContent content;
    private long taken;
    private boolean writing;
    private boolean ended;
    private boolean over;

    /** Where it comes from. */
    record Source(Runnable pause, Runnable resume) {}

    /**
     * @param room given back when nothing comes of it
     * @param stream paused while the disk is waited for
     */
    Spooling(SpoolRoom room, Context context, Source stream) {
        this.room = room;
        this.context = context;
        this.stream = stream;
    }

    /** Completes behind {@link #end()}, fails at once when there is no room; then nothing is left. */
    Future<SpooledContent> whole() {
        return whole.future();
    }

    /** Bytes so far. */
    long taken() {
        return taken;
    }

    void take(Buffer chunk) {
        if (over) {
            return;
        }
        taken += chunk.length();
        gathered.appendBuffer(chunk);
        if (!writing && gathered.length() >= PIECE) {
            write();
        }
    }

    /** That was all. */
    void end() {
        ended = true;
        if (!writing && !over) {
            write();
        }
    }

    /** Nobody wants it any more; after it was handed out it is left alone. */
    void abandon() {
        over = true;
        if (!writing && !whole.future().succeeded()) {
            drop();
        }
    }

    private void drop() {
        if (content == null) {
            room.close();
        } else {
            content.close();
        }
    }

    private void write() {
        writing = true;
        stream.pause().run();
        byte[] piece = gathered.getBytes();
        gathered = Buffer.buffer();
        context.<SpooledContent>executeBlocking(() -> appended(piece), false).onComplete(this::written);
    }

    private SpooledContent appended(byte[] piece) {
        SpooledContent file = content == null ? room.begin() : content;
        try {
            file.append(piece);
            return file;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void written(AsyncResult<SpooledContent> done) {
        writing = false;
        if (done.failed()) {
            boolean wanted = !over;
            over = true;
            if (wanted) {
                whole.fail(done.cause());
            }
            return;
        }
        content = done.result();
        if (over) {
            drop();
        } else if (gathered.length() >= PIECE || ended && gathered.length() > 0) {
            write();
        } else if (ended) {
            whole.complete(content);
        } else {
            stream.resume().run();
        }
    }
}
