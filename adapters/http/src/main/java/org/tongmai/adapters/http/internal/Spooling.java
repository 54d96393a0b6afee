package org.tongmai.adapters.http.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.exchange.SpooledContent;

/**
 * Puts what a stream brings into a file, and holds the stream while the disk is at work: memory is needed for one piece. Used
 * on the stream's thread; the disk is waited for on another.
 */
final class Spooling {
    private static final int PIECE = 64 * 1024;

    private final Spool spool;
    private final Context context;
    private final ReadStream<Buffer> stream;
    private final Promise<SpooledContent> whole = Promise.promise();
    private Buffer gathered = Buffer.buffer();
    private SpooledContent content;
    private long taken;
    private boolean writing;
    private boolean ended;
    private boolean over;

    Spooling(Spool spool, Context context, ReadStream<Buffer> stream) {
        this.spool = spool;
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
        if (!writing && content != null && !whole.future().succeeded()) {
            content.close();
        }
    }

    private void write() {
        writing = true;
        stream.pause();
        byte[] piece = gathered.getBytes();
        gathered = Buffer.buffer();
        context.<SpooledContent>executeBlocking(() -> appended(piece), false).onComplete(this::written);
    }

    private SpooledContent appended(byte[] piece) {
        SpooledContent file = content == null ? spool.begin() : content;
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
            content = null;
            boolean wanted = !over;
            over = true;
            if (wanted) {
                whole.fail(done.cause());
            }
            return;
        }
        content = done.result();
        if (over) {
            content.close();
        } else if (gathered.length() >= PIECE || ended && gathered.length() > 0) {
            write();
        } else if (ended) {
            whole.complete(content);
        } else {
            stream.resume();
        }
    }
}
