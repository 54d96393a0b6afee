package org.tongmai.adapters.http.internal;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.LargeContents;
import org.tongmai.standards.exchange.SpoolRoom;

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
    private long announced;
    private long taken;
    private long reserved;
    private boolean largeAsked;
    private long largest;
    private SpoolRoom room;
    private Spooling spooling;
    /** When as much is here, the time of a request begins anew. */
    private long dueAt = Sending.STRETCH;

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
        announced = length == null ? 0 : Long.parseLong(length);
        HttpError refusal = beyond(announced);
        return refusal == null && largest > 0 ? takeRoom() : refusal;
    }

    private HttpError takeRoom() {
        try {
            room = large.spool().ofSender(incoming.caller(), announced);
            return null;
        } catch (CodedException full) {
            return HttpError.NO_ROOM;
        }
    }

    void receive() {
        incoming.waitForMore();
        request.handler(this::take);
        request.endHandler(end -> ended());
    }

    /** Why it may not have as many bytes; null where it may. Whether it may be large is asked when it is. */
    private HttpError beyond(long bytes) {
        if (!largeAsked && bytes > Math.min(large.above(), maxHeld)) {
            largeAsked = true;
            largest = large.most(incoming.call(HttpContent.NONE));
        }
        if (bytes <= (largest > 0 ? largest : maxHeld)) {
            return null;
        }
        return largest == LargeContents.LATER ? HttpError.NO_ROOM : HttpError.BODY_TOO_LARGE;
    }

    private void take(Buffer chunk) {
        if (incoming.isOver()) {
            return;
        }
        taken += chunk.length();
        HttpError refusal = beyond(taken);
        if (refusal == null && largest > 0) {
            refusal = spooling == null ? beginFile() : null;
            if (refusal == null) {
                spool(chunk);
            }
        } else if (refusal == null) {
            refusal = hold(chunk);
        }
        if (refusal != null) {
            incoming.refuse(refusal);
        }
    }

    private HttpError hold(Buffer chunk) {
        if (!reserve(chunk.length())) {
            return HttpError.NO_ROOM;
        }
        held = held == null ? chunk.copy() : held.appendBuffer(chunk);
        return null;
    }

    private boolean reserve(int bytes) {
        boolean found = connections.reserve(incoming.caller(), bytes);
        reserved += found ? bytes : 0;
        return found;
    }

    /** Its time begins anew before the disk is at work, or the time that takes would count: it holds what is waited for then. */
    private void spool(Buffer chunk) {
        if (taken >= dueAt) {
            dueAt = taken - taken % Sending.STRETCH + Sending.STRETCH;
            incoming.waitForMore();
        }
        if (held != null) {
            spooling.take(held);
            held = null;
        }
        spooling.take(chunk);
    }

    private HttpError beginFile() {
        HttpError refusal = room == null ? takeRoom() : null;
        if (refusal != null || !reserve(2 * Spooling.PIECE)) {
            return HttpError.NO_ROOM;
        }
        spooling = new Spooling(room, context, new Spooling.Source(incoming::hold, this::goOn));
        spooling.whole().onComplete(done -> {
            if (done.succeeded()) {
                release();
                incoming.hand(done.result());
            } else {
                incoming.refuse(HttpError.NO_ROOM, Complaints.kind(done.cause()));
            }
        });
        return null;
    }

    /** What was held is written. */
    private void goOn() {
        if (reserved > 2 * Spooling.PIECE) {
            connections.release(incoming.caller(), reserved - 2 * Spooling.PIECE);
            reserved = 2 * Spooling.PIECE;
        }
        incoming.goOn();
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
        } else if (room != null) {
            room.close();
        }
    }

    private void release() {
        connections.release(incoming.caller(), reserved);
        reserved = 0;
        held = null;
    }
}
