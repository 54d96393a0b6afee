package org.tongmai.adapters.http.internal;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.exchange.HttpContent;

/**
 * The content of one request as it arrives: held in memory, or put into a file where it is too large for that and its call may
 * bring such a one. On the connection's thread.
 */
final class RequestContent {
    private final Incoming incoming;
    private final HttpServerRequest request;
    private final Connections connections;
    private final LargeRequests large;
    private final long maxHeld;
    private final Context context;
    private Buffer held;
    private long taken;
    private long reserved;
    private boolean largeAsked;
    private long largest;
    private Spooling spooling;
    private long dueAt;

    /** @param context of the connection */
    RequestContent(Incoming incoming, HttpServerRequest request, HttpListener listener, Context context) {
        this.incoming = incoming;
        this.request = request;
        this.connections = listener.connections();
        this.large = listener.large();
        this.maxHeld = listener.settings().getMaxBody();
        this.context = context;
    }

    /** Why it is refused before it is read; null where it is not. */
    HttpError refusal() {
        // The decoder has checked that it is a number, and the only one.
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long announced = length == null ? 0 : Long.parseLong(length);
        if (announced > most(announced)) {
            return HttpError.BODY_TOO_LARGE;
        }
        return largest > 0 && !large.spool().hasRoom(announced) ? HttpError.NO_ROOM : null;
    }

    void receive() {
        incoming.waitForMore();
        request.handler(this::take);
        request.endHandler(end -> ended());
    }

    /** How many bytes it may have, of which it has at least these: whether it may be large is asked when it is. */
    private long most(long bytes) {
        if (bytes > large.above() && !largeAsked) {
            largeAsked = true;
            largest = large.most(incoming.call(HttpContent.NONE));
        }
        return largest > 0 ? largest : maxHeld;
    }

    private void take(Buffer chunk) {
        if (incoming.isOver()) {
            return;
        }
        taken += chunk.length();
        if (taken > most(taken)) {
            incoming.refuse(HttpError.BODY_TOO_LARGE);
        } else if (largest > 0) {
            spool(chunk);
        } else if (connections.reserve(chunk.length())) {
            reserved += chunk.length();
            held = held == null ? chunk.copy() : held.appendBuffer(chunk);
        } else {
            incoming.refuse(HttpError.NO_ROOM);
        }
    }

    private void spool(Buffer chunk) {
        if (spooling == null) {
            beginFile();
        }
        spooling.take(chunk);
        if (taken >= dueAt) {
            dueAt = taken - taken % Sending.STRETCH + Sending.STRETCH;
            incoming.waitForMore();
        }
    }

    private void beginFile() {
        spooling = new Spooling(large.spool(), context, request);
        spooling.whole().onComplete(done -> {
            if (done.succeeded()) {
                incoming.hand(done.result());
            } else {
                incoming.refuse(HttpError.NO_ROOM);
            }
        });
        if (held != null) {
            spooling.take(held);
            release();
        }
        dueAt = Sending.STRETCH;
    }

    private void ended() {
        if (incoming.isOver()) {
            return;
        }
        if (spooling != null) {
            spooling.end();
            return;
        }
        byte[] bytes = held == null ? null : held.getBytes();
        held = null;
        incoming.hand(bytes == null ? HttpContent.NONE : HttpContent.of(bytes));
    }

    /** Its memory counts no more, and a file nobody was handed is gone. */
    void over() {
        release();
        if (spooling != null) {
            spooling.abandon();
        }
    }

    private void release() {
        connections.release(reserved);
        reserved = 0;
        held = null;
    }
}
