package org.tongmai.adapters.http.internal;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletConsumerNotAvailableException;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.ProblemJson;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** One request from its head to its answer; on the connection's thread. */
final class Incoming {
    private static final byte[] EMPTY = {};
    private static final int URI_TOO_LONG = 414;
    private static final int HEAD_TOO_LARGE = 431;
    private static final long LINGER_MILLISECONDS = 250;

    private final HttpListener listener;
    private final Connections connections;
    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();
    private final ConnectionTimer timer;
    private Buffer body;
    private long reserved;
    private boolean counted;
    private boolean handed;
    private boolean gone;
    private boolean over;

    Incoming(HttpListener listener, Connections connections, HttpServerRequest request) {
        this.listener = listener;
        this.connections = connections;
        this.request = request;
        this.timer = connections.timer(request.connection());
    }

    void begin() {
        timer.stop();
        request.response().exceptionHandler(failure -> gone());
        request.response().closeHandler(closed -> gone());
        counted = connections.begin();
        HttpError refusal = counted ? headRefusal() : HttpError.CLOSING;
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        if (request.isEnded()) {
            hand(EMPTY);
            return;
        }
        timer.start(connections.requestTime(), () -> refuse(HttpError.TOO_SLOW));
        request.exceptionHandler(failure -> gone());
        request.handler(this::take);
        request.endHandler(end -> hand(body == null ? EMPTY : body.getBytes()));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private HttpError headRefusal() {
        if (request.headers().getAll(HttpHeaders.HOST).size() != 1
                || request.path() == null
                || !pathIsPlain()
                || !codingIsKnown()) {
            return HttpError.NOT_A_REQUEST;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The decoder has checked that it is a number, and the only one.
        return length != null && Long.parseLong(length) > listener.settings().getMaxBody()
                ? HttpError.BODY_TOO_LARGE
                : null;
    }

    /** Origin form (RFC 9112, 3.2.1) of printable ASCII. */
    private boolean pathIsPlain() {
        String uri = request.uri();
        return uri.startsWith("/") && uri.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#');
    }

    /** No coding at all, or chunks and nothing else (RFC 9112, 6.1): what another reads otherwise is not guessed. */
    private boolean codingIsKnown() {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty() || codings.size() == 1 && "chunked".equalsIgnoreCase(codings.get(0));
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (!connections.reserve(chunk.length())) {
            refuse(HttpError.NO_ROOM);
            return;
        }
        reserved += chunk.length();
        if (reserved > listener.settings().getMaxBody()) {
            refuse(HttpError.BODY_TOO_LARGE);
            return;
        }
        body = body == null ? chunk.copy() : body.appendBuffer(chunk);
    }

    private void hand(byte[] content) {
        if (over) {
            return;
        }
        handed = true;
        timer.stop();
        body = null;
        Exchange exchange = listener.createExchange(false);
        exchange.getIn().setBody(call(content));
        exchange.setProperty(ExchangeNames.CONNECTION_THREAD, (Executor) task -> context.runOnContext(x -> task.run()));
        listener.getAsyncProcessor().process(exchange, doneSync -> {
            if (Vertx.currentContext() == context) {
                answer(exchange);
            } else {
                context.runOnContext(here -> answer(exchange));
            }
        });
    }

    private HttpCall call(byte[] content) {
        HttpFields.Builder fields = new HttpFields.Builder();
        request.headers().forEach(fields::add);
        String query = request.query();
        return new HttpCall(
                request.method().name(),
                request.path(),
                query == null ? "" : query,
                fields.build(),
                content,
                request.remoteAddress().hostAddress());
    }

    private void answer(Exchange exchange) {
        handed = false;
        try {
            if (gone) {
                release();
            } else {
                write(answerOf(exchange));
            }
        } catch (RuntimeException e) { // Vert.x takes no field with a line end, for one
            notWritten(e);
        } finally {
            listener.releaseExchange(exchange, false);
        }
    }

    /** The caller is told that nothing it could be told came out, and the connection ends. */
    private void notWritten(RuntimeException why) {
        release();
        Complaints.about(HttpError.PROCESSING_FAILED, FailureFacts.place(why));
        if (request.response().headWritten()) {
            request.connection().close();
            return;
        }
        request.response().headers().clear();
        refuseAndClose(request, problem(HttpError.PROCESSING_FAILED));
    }

    private HttpAnswer answerOf(Exchange exchange) {
        Throwable failure = exchange.getException();
        if (failure == null && exchange.getMessage().getBody() instanceof HttpAnswer answer) {
            return answer;
        }
        if (failure instanceof CodedException coded) {
            return problem(coded.code());
        }
        if (failure instanceof KameletConsumerNotAvailableException) {
            listener.settings().refusals().count(HttpError.CLOSING, from(request));
            return problem(HttpError.CLOSING);
        }
        String kind = failure == null ? "no answer" : FailureFacts.place(failure);
        Complaints.about(HttpError.PROCESSING_FAILED, kind);
        return problem(HttpError.PROCESSING_FAILED);
    }

    private void write(HttpAnswer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            release();
            return;
        }
        response.setStatusCode(answer.status());
        answer.fields().forEach((name, value) -> {
            if (!ConnectionFields.contain(name)) {
                response.headers().add(name, value);
            }
        });
        if (answer.body().length == 0) {
            written();
            response.end();
            return;
        }
        // The next request of the connection begins only when this answer has gone out: who does not read, is not
        // served.
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
        timer.start(connections.idleTime(), request.connection()::close);
        response.write(Buffer.buffer(answer.body())).onComplete(out -> {
            written();
            response.end();
        });
    }

    /** The next request may take its time to begin; it can begin as soon as this answer ends. */
    private void written() {
        release();
        timer.start(connections.idleTime(), request.connection()::close);
    }

    private void refuse(HttpError error) {
        if (over) {
            return;
        }
        release();
        listener.settings().refusals().count(error, from(request));
        request.handler(rest -> {});
        refuseAndClose(request, problem(error));
    }

    /** Answers what is no request at all. */
    static void refuseUnreadable(Refusals refusals, HttpServerRequest request) {
        refusals.count(HttpError.NOT_A_REQUEST, from(request));
        Throwable cause = request.decoderResult().cause();
        int status = HttpError.NOT_A_REQUEST.wire().httpStatus();
        if (cause instanceof TooLongHttpLineException) {
            status = URI_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            status = HEAD_TOO_LARGE;
        }
        refuseAndClose(request, problem(HttpError.NOT_A_REQUEST, status));
    }

    /**
     * What follows on the connection may be the rest of what was refused, so nothing of it is read as a request. It is taken
     * in for a moment all the same: closing with unread bytes would reset the connection, and the answer be lost.
     */
    private static void refuseAndClose(HttpServerRequest request, HttpAnswer answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        answer.fields().forEach(response.headers()::add);
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
        response.write(Buffer.buffer(answer.body()));
        Vertx.currentContext().owner().setTimer(LINGER_MILLISECONDS, over -> request.connection()
                .close());
    }

    private static String from(HttpServerRequest request) {
        return "from " + request.remoteAddress().hostAddress();
    }

    private static HttpAnswer problem(ErrorCode code, int status) {
        return new HttpAnswer(
                status, HttpFields.of("content-type", ProblemJson.MEDIA_TYPE), ProblemJson.of(code, status));
    }

    private static HttpAnswer problem(ErrorCode code) {
        return problem(code, code.wire().httpStatus());
    }

    /** Nobody waits for an answer any more. What the route holds of the request counts until the route is done with it. */
    private void gone() {
        gone = true;
        if (!handed) {
            release();
        }
    }

    private void release() {
        if (!over) {
            over = true;
            timer.stop();
            connections.release(reserved);
            if (counted) {
                connections.ended();
            }
            body = null;
        }
    }
}
