package org.tongmai.adapters.http.internal;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.Spool;

/**
 * Sends an {@link HttpCall} and puts the {@link HttpAnswer} in its place. Where it goes to is the endpoint's URL, or the
 * one in the header {@link Exchange#HTTP_URI}, with the path and the query of the call behind its own path. Redirects are
 * handed back, not followed.
 */
final class HttpCaller extends DefaultAsyncProducer {
    /** What the caller said to us and not to whom we call. */
    private static final Set<String> SAID_TO_US = Set.of("host", "expect", "proxy-authorization", "proxy-authenticate");

    private static final int WAITING_PER_CONNECTION = 16;

    /** Addresses that are kept as they were read; more come where routes choose them freely. */
    private static final int MOST_TARGETS = 100;

    private final AsyncHttpEndpoint endpoint;
    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private final long answerTime;
    private HttpClient client;
    private AnswerContent.Bounds bounds;

    HttpCaller(AsyncHttpEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.answerTime =
                AsyncHttpEndpoint.duration(endpoint.getAnswerTimeout()).toMillis();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        bounds = bounds();
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(endpoint.getConnections())
                .setMaxWaitQueueSize(endpoint.getConnections() * WAITING_PER_CONNECTION)
                .setKeepAliveTimeout(30)
                .setConnectTimeout((int)
                        AsyncHttpEndpoint.duration(endpoint.getConnectTimeout()).toMillis())
                .setMaxHeaderSize(64 * 1024)
                .setMaxRedirects(0)
                .setIdleTimeout(0)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        endpoint.tls().forClient(options);
        client = endpoint.getComponent().vertx().createHttpClient(options);
    }

    private AnswerContent.Bounds bounds() {
        if (endpoint.getLargeBody() == 0) {
            return new AnswerContent.Bounds(endpoint.getMaxBody(), endpoint.getMaxBody(), null);
        }
        Spool spool = LargeRequests.only(Spool.class, endpoint.getCamelContext());
        return new AnswerContent.Bounds(Math.min(spool.above(), endpoint.getMaxBody()), endpoint.getLargeBody(), spool);
    }

    @Override
    protected void doStop() throws Exception {
        if (client != null) {
            client.close();
            client = null;
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!(exchange.getMessage().getBody() instanceof HttpCall call)) {
            exchange.setException(new CodedException(Issue.of(HttpError.NOT_CALLABLE, "", "expected an HTTP call")));
            callback.done(true);
            return true;
        }
        Long limit = exchange.getProperty(ExchangeNames.TIME_LIMIT, Long.class);
        Outgoing outgoing = new Outgoing(endpoint.getComponent().vertx(), call, bounds);
        outgoing.within(limit == null ? answerTime : limit, client, options(exchange, call))
                .onComplete(done -> {
                    if (done.succeeded()) {
                        exchange.getMessage().setBody(done.result());
                    } else {
                        exchange.setException(coded(done.cause()));
                    }
                    callback.done(false);
                });
        return false;
    }

    private RequestOptions options(Exchange exchange, HttpCall call) {
        Target target = target(exchange.getMessage().getHeader(Exchange.HTTP_URI, endpoint.address(), String.class));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setURI(target.prefix() + call.target());
        call.fields().forEach((name, value) -> {
            if (!ConnectionFields.contain(name) && !SAID_TO_US.contains(name.toLowerCase(Locale.ROOT))) {
                options.addHeader(name, value);
            }
        });
        return options;
    }

    private Target target(String address) {
        Target known = targets.get(address);
        if (known != null) {
            return known;
        }
        Target target = Target.of(address);
        if (targets.size() < MOST_TARGETS) {
            targets.put(address, target);
        }
        return target;
    }

    /**
     * Where an address leads.
     *
     * @param prefix what goes before the path of a call
     */
    private record Target(String host, int port, boolean secure, String prefix) {
        static Target of(String address) {
            URI uri = URI.create(address);
            boolean secure = "https".equals(uri.getScheme());
            int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            return new Target(uri.getHost(), port, secure, prefix);
        }
    }

    private static CodedException coded(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CodedException coded) {
                return coded;
            }
        }
        HttpError error = HttpError.CONNECTION_LOST;
        if (failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof SSLException
                || failure.getClass().getSimpleName().equals("ConnectionPoolTooBusyException")) {
            error = HttpError.NOT_CONNECTED;
        } else if (failure instanceof TimeoutException) {
            error = HttpError.NOT_ANSWERED;
        }
        return new CodedException(
                Issue.of(error, "", "found: " + failure.getClass().getSimpleName()), failure);
    }
}
