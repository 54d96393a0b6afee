package org.tongmai.adapters.http.internal;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * Listens on one port with every thread of the component; connections are dealt out to them in turn. At an orderly stop no
 * request is taken any more, and Camel waits for those under way before the port closes.
 */
final class HttpListener extends DefaultConsumer implements Suspendable, ShutdownAware {
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADER = 16 * 1024;
    private static final int BACKLOG = 1_024;
    private static final long PATIENCE_SECONDS = 20;

    private final AsyncHttpEndpoint endpoint;
    private volatile Connections connections;
    private LargeRequests large;
    private String deployment;

    HttpListener(AsyncHttpEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        connections = new Connections(endpoint);
        endpoint.getComponent().acceptance().guard(address(), connections);
        large = LargeRequests.of(endpoint.getLargeContents(), endpoint.getCamelContext());
        try {
            deployment = endpoint.getComponent()
                    .vertx()
                    .deployVerticle(
                            this::server,
                            new DeploymentOptions()
                                    .setInstances(Runtime.getRuntime().availableProcessors()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            endpoint.getComponent().acceptance().leave(address(), connections);
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    protected void doSuspend() {
        connections.takeNone();
    }

    @Override
    protected void doResume() {
        connections.takeAgain();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    /** Requests whose answer has not gone out. */
    @Override
    public int getPendingExchangesSize() {
        return connections == null ? 0 : connections.underWay();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing is to be made ready
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
        endpoint.getComponent().acceptance().leave(address(), connections);
        super.doStop();
    }

    private Verticle server() {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                HttpServer server = vertx.createHttpServer(options());
                server.connectionHandler(connection -> connections.opened(vertx, connection));
                server.invalidRequestHandler(request -> Incoming.refuseUnreadable(endpoint.refusals(), request));
                server.requestHandler(request -> new Incoming(HttpListener.this, request).begin());
                server.listen().<Void>mapEmpty().onComplete(started);
            }
        };
    }

    private InetSocketAddress address() {
        String address = endpoint.address();
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address().getHostString())
                .setPort(address().getPort())
                .setAcceptBacklog(BACKLOG)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADER)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                // Whatever is waited for has its time in ConnectionTimer; while a route has the call, that is the
                // route's.
                .setHandle100ContinueAutomatically(false);
        endpoint.tls().forServer(options, endpoint.getTlsClientAuthentication());
        return options;
    }

    AsyncHttpEndpoint settings() {
        return endpoint;
    }

    Connections connections() {
        return connections;
    }

    LargeRequests large() {
        return large;
    }
}
