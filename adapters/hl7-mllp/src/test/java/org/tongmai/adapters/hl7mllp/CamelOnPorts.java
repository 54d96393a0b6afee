package org.tongmai.adapters.hl7mllp;

import java.io.IOException;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A plain Camel with routes on the kamelets of this adapter, no engine. */
final class CamelOnPorts implements AutoCloseable {
    private final CamelContext context = new DefaultCamelContext();

    CamelOnPorts() {
        context.start();
    }

    /** Starts a listener; returns its port. */
    int listen(String id, String parameters, Processor bundle) throws Exception {
        int port = freePort();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("kamelet:hl7-mllp-source?port=" + port + "&host=127.0.0.1" + parameters)
                        .routeId(id)
                        .process(bundle);
            }
        });
        return port;
    }

    /** Starts a listener whose bundle works on other threads; {@code id} may carry parameters behind {@code &}. */
    int listenThreaded(String id, Processor bundle) throws Exception {
        int port = freePort();
        int cut = id.indexOf('&');
        String parameters = cut < 0 ? "" : id.substring(cut);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("kamelet:hl7-mllp-source?port=" + port + "&host=127.0.0.1" + parameters)
                        .routeId(cut < 0 ? id : id.substring(0, cut))
                        .threads(16, 16)
                        .process(bundle);
            }
        });
        return port;
    }

    CamelContext context() {
        return context;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
