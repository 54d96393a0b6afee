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
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.TrustedProxies;

/** One request from its head to its answer; on the connection's thread. */
final class Incoming {
    /** Bytes that are always held: refusals pass whatever others hold. */
    private static final int SMALL_ANSWER = 16 * 1024;

    private static final int URI_TOO_LONG = 414;
    private static final int HEAD_TOO_LARGE = 431;
    private static final long LINGER_MILLISECONDS = 250;

    private final HttpListener listener;
    private final Connections connections;
    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();
    private final ConnectionTimer timer;
    private String caller;
    private RequestContent arriving;
    private HttpContent content = HttpContent.NONE;
    private HttpContent answered = HttpContent.NONE;
    /** Bytes of it that count for what is held. */
    private long reserved;

    private boolean counted;
    private boolean handed;
    private boolean gone;
    private boolean over;

    Incoming(HttpListener listener, HttpServerRequest request) {
        this.listener = listener;
        this.connections = listener.connections();
        this.request = request;
        this.timer = connections.timer(request.connection());
        this.caller = request.remoteAddress().hostAddress();
    }

    void begin() {
        if (!Connections.isOpen(request.connection())) {
            return; // it waited behind another, whose answer nobody heard
        }
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
            hand(HttpContent.NONE);
            return;
        }
        arriving = new RequestContent(this, request, listener, context);
        refusal = arriving.refusal();
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        request.exceptionHandler(failure -> gone());
        arriving.receive();
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private HttpError headRefusal() {
        boolean readable = request.headers().getAll(HttpHeaders.HOST).size() == 1
                && request.path() != null
                && pathIsPlain()
                && codingIsKnown();
        return readable ? knownCaller() : HttpError.NOT_A_REQUEST;
    }

    private HttpError knownCaller() {
        String said = connections
                .proxies()
                .caller(caller, request.headers().getAll(TrustedProxies.FIELD))
                .orElse(null);
        if (said == null) {
            return HttpError.CALLER_UNREADABLE;
        }
        caller = said;
        return null;
    }

    /** Numeric address of who calls: of the peer, or of whom a trusted proxy calls for. */
    String caller() {
        return caller;
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

    /** From now on more of it must come in the time of a request. */
    void waitForMore() {
        timer.start(connections.requestTime(), () -> refuse(HttpError.TOO_SLOW));
    }

    /** Nothing of it comes while we hold it back, nor does its time run. */
    void hold() {
        timer.hold();
        request.pause();
    }

    void goOn() {
        timer.goOn();
        request.resume();
    }

    /** Nothing of it is wanted any more. */
    boolean isOver() {
        return over;
    }

    /** It is here: what becomes of it is the route's. */
    void hand(HttpContent whole) {
        if (over) {
            return;
        }
        handed = true;
        timer.stop();
        content = whole;
        Exchange exchange = listener.createExchange(false);
        exchange.getIn().setBody(call(whole));
        exchange.setProperty(ExchangeNames.CONNECTION_THREAD, (Executor) task -> context.runOnContext(x -> task.run()));
        listener.getAsyncProcessor().process(exchange, doneSync -> {
            if (Vertx.currentContext() == context) {
                answer(exchange);
            } else {
                context.runOnContext(here -> answer(exchange));
            }
        });
    }

    HttpCall call(HttpContent with) {
        HttpFields.Builder fields = new HttpFields.Builder();
        request.headers().forEach(fields::add);
        String query = request.query();
        return new HttpCall(
                request.method().name(), request.path(), query == null ? "" : query, fields.build(), with, caller);
    }

    private void answer(Exchange exchange) {
        handed = false;
        try {
            HttpAnswer answer = answerOf(exchange);
            answered = answer.content();
            if (gone) {
                release();
            } else {
                write(answer);
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
            cut();
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
            listener.settings().refusals().count(HttpError.CLOSING, from(caller));
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
        if (!isHeld()) {
            refuse(HttpError.ANSWER_NOT_HELD);
            return;
        }
        response.setStatusCode(answer.status());
        answer.fields().forEach((name, value) -> {
            if (!ConnectionFields.contain(name)) {
                response.headers().add(name, value);
            }
        });
        if (answered.length() == 0) {
            written();
            response.end();
            return;
        }
        // The next request of the connection begins only when this answer has gone out: who does not read, is not
        // served.
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(answered.length()));
        timer.start(connections.idleTime(), this::cut);
        if (!answered.isHeld()) {
            writeFile(response);
            return;
        }
        response.write(Buffer.buffer(answered.bytes())).onComplete(out -> {
            written();
            response.end();
        });
    }

    /** Who does not read keeps what he is answered, so that is bounded as requests are. */
    private boolean isHeld() {
        if (answered.length() <= SMALL_ANSWER) {
            return true;
        }
        if (answered.isHeld() && connections.reserveAnswer(caller, answered.length())) {
            reserved = answered.length();
        }
        return !answered.isHeld() || reserved == answered.length();
    }

    /** Who was told a length and gets less, knows that it is not whole. */
    private void writeFile(HttpServerResponse response) {
        Runnable goesOn = () -> timer.start(connections.idleTime(), this::cut);
        new Sending(context, answered, response, goesOn).begin().onComplete(out -> {
            if (out.succeeded()) {
                written();
                response.end();
            } else {
                release();
                cut();
            }
        });
    }

    private void cut() {
        Connections.cut(request.connection());
    }

    /** The next request may take its time to begin; it can begin as soon as this answer ends. */
    private void written() {
        release();
        timer.start(connections.idleTime(), this::cut);
    }

    void refuse(HttpError error) {
        refuse(error, "");
    }

    /** @param why for the log; empty for nothing more */
    void refuse(HttpError error, String why) {
        if (over) {
            return;
        }
        release();
        listener.settings().refusals().count(error, from(caller) + (why.isEmpty() ? "" : ", " + why));
        if (!request.isEnded()) {
            request.handler(rest -> {});
            request.resume();
        }
        refuseAndClose(request, problem(error));
    }

    /** Answers what is no request at all. */
    static void refuseUnreadable(Refusals refusals, HttpServerRequest request) {
        refusals.count(HttpError.NOT_A_REQUEST, from(request.remoteAddress().hostAddress()));
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
        Vertx.currentContext().owner().setTimer(LINGER_MILLISECONDS, over -> Connections.cut(request.connection()));
    }

    private static String from(String address) {
        return "from " + address;
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
            if (arriving != null) {
                arriving.over();
            }
            content.close();
            answered.close();
            if (reserved > 0) {
                connections.releaseAnswer(caller, reserved);
            }
            if (counted) {
                connections.ended();
            }
        }
    }
}
