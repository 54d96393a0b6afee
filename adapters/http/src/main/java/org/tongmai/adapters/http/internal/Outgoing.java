package org.tongmai.adapters.http.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeoutException;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;

/**
 * One request to a service, from a place in the pool to the answer's last byte, within one time. All of it is on one
 * context's thread.
 */
final class Outgoing {
    private static final int SUCCESS = 2;

    private final Vertx vertx;
    private final Context context;
    private final HttpCall call;
    private final AnswerContent.Bounds bounds;
    private final Promise<HttpAnswer> answered = Promise.promise();
    private HttpClientRequest request;
    private Future<Void> sending = Future.succeededFuture();
    private AnswerContent answer;

    Outgoing(Vertx vertx, HttpCall call, AnswerContent.Bounds bounds) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.call = call;
        this.bounds = bounds;
    }

    Future<HttpAnswer> within(long milliseconds, HttpClient client, RequestOptions options) {
        if (Vertx.currentContext() == context && Context.isOnEventLoopThread()) {
            begin(milliseconds, client, options);
        } else {
            context.runOnContext(here -> begin(milliseconds, client, options));
        }
        return answered.future();
    }

    private void begin(long milliseconds, HttpClient client, RequestOptions options) {
        long timer = vertx.setTimer(milliseconds, over -> late());
        // The timer above ends the call; this only takes it from the queue for a connection.
        client.request(options.setConnectTimeout(milliseconds))
                .compose(this::send)
                .compose(this::receive)
                .compose(this::heard)
                .onComplete(done -> {
                    vertx.cancelTimer(timer);
                    if (done.failed()) {
                        answered.tryFail(done.cause());
                    } else if (!answered.tryComplete(done.result())) {
                        done.result().content().close();
                    }
                });
    }

    /** A connection whose answer has ended is another call's, unless its request has not. */
    private void late() {
        TimeoutException late = new TimeoutException("not answered");
        answered.tryFail(late);
        if (request != null && (answer == null || !sending.isComplete())) {
            request.reset(0, late);
        }
        if (answer != null) {
            answer.giveUp(late);
        }
    }

    private Future<HttpClientResponse> send(HttpClientRequest connected) {
        request = connected;
        request.exceptionHandler(failure -> {}); // the futures have it; without one Vert.x logs it as an error of ours
        if (answered.future().isComplete()) {
            request.reset();
            return Future.failedFuture(answered.future().cause());
        }
        HttpContent content = call.content();
        if (!content.isHeld()) {
            return sendFile(content);
        }
        boolean empty = content.length() == 0 && ("GET".equals(call.method()) || "HEAD".equals(call.method()));
        return empty ? request.send() : request.send(Buffer.buffer(content.bytes()));
    }

    /** A request that breaks off in the middle is none to the service: it was told the length. */
    private Future<HttpClientResponse> sendFile(HttpContent content) {
        request.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(content.length()));
        Promise<Void> out = Promise.promise();
        sending = out.future();
        new Sending(context, content, request, () -> {}).begin().onComplete(done -> {
            if (done.succeeded()) {
                request.end();
            } else {
                request.reset(0, done.cause());
            }
            out.handle(done);
        });
        return request.response();
    }

    private Future<HttpAnswer> receive(HttpClientResponse response) {
        answer = new AnswerContent(request, response, bounds);
        return answer.receive();
    }

    /**
     * Who answers before it was sent everything: what it did it did with all of it, so that is waited for; a refusal counts
     * at once, and the connection ends, for nobody knows whether the rest would ever be read.
     */
    private Future<HttpAnswer> heard(HttpAnswer whole) {
        if (whole.status() / 100 == SUCCESS) {
            return sending.transform(out -> sent(out, whole));
        }
        if (!sending.isComplete()) {
            request.reset();
        }
        return Future.succeededFuture(whole);
    }

    private static Future<HttpAnswer> sent(AsyncResult<Void> out, HttpAnswer whole) {
        if (out.succeeded()) {
            return Future.succeededFuture(whole);
        }
        whole.content().close();
        return Future.failedFuture(out.cause());
    }
}
