package org.tongmai.adapters.http.internal;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Listens on one port with every thread of the component; connections are dealt out to them in turn. */
final class HttpListener extends DefaultConsumer {
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADER = 16 * 1024;
    private static final int BACKLOG = 1_024;
    private static final long PATIENCE_SECONDS = 20;

    private final AsyncHttpEndpoint endpoint;
    private String deployment;

    HttpListener(AsyncHttpEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Connections connections = new Connections(endpoint);
        try {
            deployment = endpoint.getComponent()
                    .vertx()
                    .deployVerticle(
                            () -> server(connections),
                            new DeploymentOptions()
                                    .setInstances(Runtime.getRuntime().availableProcessors()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (deployment != null) {
            endpoint.getComponent()
                    .vertx()
                    .undeploy(deployment)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            deployment = null;
        }
        super.doStop();
    }

    private Verticle server(Connections connections) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                HttpServer server = vertx.createHttpServer(options());
                server.connectionHandler(connection -> connections.opened(vertx, connection));
                server.invalidRequestHandler(Incoming::refuseUnreadable);
                server.requestHandler(request -> new Incoming(HttpListener.this, connections, request).begin());
                server.listen().<Void>mapEmpty().onComplete(started);
            }
        };
    }

    private HttpServerOptions options() {
        String address = endpoint.address();
        int colon = address.lastIndexOf(':');
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.substring(0, colon))
                .setPort(Integer.parseInt(address.substring(colon + 1)))
                .setAcceptBacklog(BACKLOG)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADER)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setHandle100ContinueAutomatically(false)
                .setIdleTimeout((int)
                        AsyncHttpEndpoint.duration(endpoint.getIdleTimeout()).toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        endpoint.tls().forServer(options, endpoint.getTlsClientAuthentication());
        return options;
    }

    /** How long an answer may take to be read. */
    long idleMilliseconds() {
        return AsyncHttpEndpoint.duration(endpoint.getIdleTimeout()).toMillis();
    }

    AsyncHttpEndpoint settings() {
        return endpoint;
    }
}
