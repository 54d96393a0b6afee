package org.tongmai.routes.engine.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.chain.GatewayChain;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.replay.NonceLedger;
import org.tongmai.standards.error.Issue;

/** A node with its three doors, on a real database and real HTTP. */
final class GatewayNode implements AutoCloseable {
    final List<Issue> refusals = new CopyOnWriteArrayList<>();
    final GatewayRegistry registry;
    final int open = freePort();
    final int bus = freePort();
    private final NonceLedger nonces;
    private final DefaultCamelContext context = new DefaultCamelContext();

    GatewayNode(DataSource database, String name, Set<String> domains, Clock clock) throws Exception {
        Properties settings = new Properties();
        settings.putAll(java.util.Map.of(
                "gateway.host", "127.0.0.1",
                "gateway.maxBody", "1048576",
                "gateway.maxConnections", "500",
                "gateway.requestTimeout", "1s",
                "gateway.tlsKeyStore", "",
                "gateway.tlsKeyStorePassword", "",
                "gateway.open.port", Integer.toString(open),
                "gateway.bus.port", Integer.toString(bus)));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        registry = new GatewayRegistry(
                database, new ServiceRoutes(context), new GatewayRegistry.Place(name, domains), clock);
        nonces = new NonceLedger(database, clock, new SimpleMeterRegistry());
        context.getRegistry().bind("chain", new GatewayChain(registry::inForce, nonces, (passage, answer, refusal) -> {
            if (refusal != null) {
                refusals.add(refusal);
            }
        }));
        load("service-templates/http.camel.yaml");
        registry.start();
        for (String door : List.of("open", "bus")) {
            load("gateways/" + door + ".camel.yaml");
        }
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(
                        context,
                        "file:" + Path.of("..").toAbsolutePath().normalize().resolve(file)));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
        registry.close();
        nonces.close();
    }
}
