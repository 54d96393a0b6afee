package org.tongmai.adapters.http.internal;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxBuilder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves and calls HTTP on as many threads as there are processors, none of which ever waits. {@code
 * docs/decisions/0014-gateway.md} says why it is not camel-netty-http.
 */
@Component("async-http")
public final class AsyncHttpComponent extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncHttpComponent.class);

    private final Acceptance acceptance = new Acceptance();
    private Vertx vertx;

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().getCamelContextExtension().registerEndpointCallback(new NeverWaiting((ModelCamelContext)
                getCamelContext()));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        AsyncHttpEndpoint endpoint = new AsyncHttpEndpoint(uri, remaining, this);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Who may connect. */
    Acceptance acceptance() {
        return acceptance;
    }

    /** The threads, started when first needed. */
    synchronized Vertx vertx() {
        if (vertx == null) {
            VertxOptions options = new VertxOptions()
                    .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                    .setWorkerPoolSize(2)
                    .setInternalBlockingPoolSize(4)
                    .setBlockedThreadCheckInterval(10)
                    .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS);
            vertx = new VertxBuilder(options).findTransport(acceptance).init().vertx();
        }
        return vertx;
    }

    @Override
    protected synchronized void doStop() throws Exception {
        super.doStop();
        if (vertx != null) {
            try {
                vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                LOG.warn("Threads of HTTP did not end within 10 s");
            }
            vertx = null;
        }
    }
}
