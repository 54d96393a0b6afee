package org.tongmai.routes.engine.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.chain.AuditedCalls;
import org.tongmai.routes.engine.gateway.chain.GatewayChain;
import org.tongmai.routes.engine.gateway.chain.Trust;
import org.tongmai.routes.engine.gateway.key.KeyFolder;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.replay.NonceLedger;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** A node with its three doors, on a real database and real HTTP. */
final class GatewayNode implements AutoCloseable {
    final AuditLog audit;
    final GatewayRegistry registry;
    final int open = freePort();
    final int bus = freePort();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AccessLog log;
    private final NonceLedger nonces;
    private final DefaultCamelContext context = new DefaultCamelContext();

    GatewayNode(DataSource database, String name, Set<String> domains, Clock clock) throws Exception {
        this(database, name, domains, new Trust(clock, KeyFolder.none()));
    }

    GatewayNode(DataSource database, String name, Set<String> domains, Trust trust) throws Exception {
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
                database, new ServiceRoutes(context), new GatewayRegistry.Place(name, domains), trust);
        Path folder = Files.createTempDirectory("audit");
        audit = AuditLog.start(
                new AuditLog.Parts(
                        database,
                        new AuditLog.Signer(NodeIdentity.named(name), Sm2PrivateKey.generate(), folder),
                        new SimpleMeterRegistry()),
                AuditSettings.defaults());
        nonces = new NonceLedger(database, trust.clock(), new SimpleMeterRegistry());
        log = new AccessLog(new AuditedCalls(audit), new AccessLog.Room(1_000, 200_000), meters);
        context.getRegistry().bind("chain", new GatewayChain(registry::inForce, nonces, log));
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

    /** As at the end of the process: in order. */
    void stop() {
        context.stop();
    }

    @Override
    public void close() {
        stop();
        log.close();
        registry.close();
        nonces.close();
        audit.close();
    }
}
