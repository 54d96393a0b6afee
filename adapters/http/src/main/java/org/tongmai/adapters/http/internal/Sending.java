package org.tongmai.adapters.http.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.tongmai.standards.exchange.HttpContent;

/**
 * Sends a content that lies in a file: the next piece is read when the one before has gone out, so that memory is needed for
 * one. The disk is waited for on another thread than the stream's.
 */
final class Sending {
    /** Bytes of a large content that come or go in the time a small one may take, or its connection is closed. */
    static final long STRETCH = 1024 * 1024;

    private static final int PIECE = 64 * 1024;

    private final Context context;
    private final HttpContent content;
    private final WriteStream<Buffer> to;
    private final Runnable goesOn;
    private final Promise<Void> sent = Promise.promise();
    private long at;

    /** @param goesOn told whenever another {@link #STRETCH} has gone out */
    Sending(Context context, HttpContent content, WriteStream<Buffer> to, Runnable goesOn) {
        this.context = context;
        this.content = content;
        this.to = to;
        this.goesOn = goesOn;
    }

    /** Completes when all has gone out; the stream is not ended. */
    Future<Void> begin() {
        next();
        return sent.future();
    }

    private void next() {
        if (at == content.length()) {
            sent.complete();
            return;
        }
        context.<byte[]>executeBlocking(() -> content.read(at, PIECE), false)
                .compose(piece -> {
                    at += piece.length;
                    return to.write(Buffer.buffer(piece));
                })
                .onComplete(out -> {
                    if (out.succeeded()) {
                        if (at % STRETCH == 0) {
                            goesOn.run();
                        }
                        next();
                    } else {
                        sent.fail(out.cause());
                    }
                });
    }
}
