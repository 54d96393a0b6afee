package org.tongmai.adapters.http.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.Spool;

/** One answer as its content arrives: held in memory, or where it is too large for that and a file is allowed, in one. */
final class AnswerContent {
    private final HttpClientRequest request;
    private final HttpClientResponse response;
    private final Bounds bounds;
    private final Context context = Vertx.currentContext();
    private Buffer held = Buffer.buffer();
    private Spooling spooling;
    private boolean ended;
    private Throwable why;

    /**
     * @param held most bytes in memory
     * @param most bytes at all
     * @param files where those above go; null for nowhere
     */
    record Bounds(long held, long most, Spool files) {}

    AnswerContent(HttpClientRequest request, HttpClientResponse response, Bounds bounds) {
        this.request = request;
        this.response = response;
        this.bounds = bounds;
    }

    /** Fails when the connection ends before, or it is larger than may be; then nothing is left of it. */
    Future<HttpAnswer> receive() {
        response.handler(this::take);
        return response.end().transform(this::ended);
    }

    private Future<HttpAnswer> ended(AsyncResult<Void> end) {
        ended = true;
        if (why == null && end.failed()) {
            giveUp(end.cause());
        }
        if (why != null) {
            return Future.failedFuture(why);
        }
        if (spooling == null) {
            return Future.succeededFuture(answer(HttpContent.of(held.getBytes())));
        }
        spooling.end();
        return spooling.whole().map(this::answer);
    }

    private HttpAnswer answer(HttpContent content) {
        HttpFields.Builder fields = new HttpFields.Builder();
        response.headers().forEach(fields::add);
        return new HttpAnswer(response.statusCode(), fields.build(), content);
    }

    private void take(Buffer chunk) {
        long before = spooling == null ? held.length() : spooling.taken();
        if (before + chunk.length() > bounds.most()) {
            giveUp(new CodedException(Issue.of(HttpError.ANSWER_TOO_LARGE, "", "")));
        } else if (spooling != null) {
            spooling.take(chunk);
        } else if (before + chunk.length() > bounds.held()) {
            spooling = new Spooling(
                    bounds.files().ofAnswer(), context, new Spooling.Source(response::pause, response::resume));
            spooling.whole().onFailure(this::notKept);
            spooling.take(held);
            spooling.take(chunk);
            held = null;
        } else {
            held.appendBuffer(chunk);
        }
    }

    private void notKept(Throwable failure) {
        Complaints.about(HttpError.NO_ROOM, "an answer, " + Complaints.kind(failure));
        giveUp(failure);
    }

    /**
     * Nobody wants it any more. Where its last byte has come, the connection may be another call's by now, though we held
     * back what came: so that is let go first, and the connection ended only where the end is not among it.
     */
    void giveUp(Throwable cause) {
        if (why != null) {
            return;
        }
        why = cause;
        if (spooling != null) {
            spooling.abandon();
        }
        if (!ended) {
            response.handler(rest -> {});
            response.resume();
            context.runOnContext(next -> {
                if (!ended) {
                    request.reset(0, cause);
                }
            });
        }
    }
}
