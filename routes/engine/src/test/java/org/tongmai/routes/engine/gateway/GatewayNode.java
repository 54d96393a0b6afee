package org.tongmai.routes.engine.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.chain.AuditedCalls;
import org.tongmai.routes.engine.gateway.chain.GatewayChain;
import org.tongmai.routes.engine.gateway.chain.Pseudonyms;
import org.tongmai.routes.engine.gateway.chain.Surroundings;
import org.tongmai.routes.engine.gateway.chain.Trust;
import org.tongmai.routes.engine.gateway.key.KeyFolder;
import org.tongmai.routes.engine.gateway.ownership.OwnershipObservations;
import org.tongmai.routes.engine.gateway.ownership.OwnershipResolver;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.replay.NonceLedger;
import org.tongmai.routes.engine.gateway.rules.ContentRoom;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.patientindex.PersonRelations;

/** A node with its doors, on a real database and real HTTP. */
final class GatewayNode implements AutoCloseable {
    /** Of the account {@code district} on servers a service is carried to. */
    static final String ACCOUNT_PASSWORD = "s3cret&+%)word";

    /** The address of a trusted proxy: of this machine, as all of its block are. */
    static final String PROXY = "127.0.0.9";

    /** Bytes up to which a content is held in memory, and of all that are not. */
    static final long SPOOL_ABOVE = 256 * 1024;

    static final long SPOOL_ROOM = 4L * 1024 * 1024 * 1024;

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int FORK = Integer.getInteger("tongmai.test.fork", 1);
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    final AuditLog audit;
    final GatewayRegistry registry;
    final int open = freePort();
    final int bus = freePort();
    final int user = freePort();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Spool spool;
    private final Pseudonyms pseudonyms = Pseudonyms.of(HmacSm3Key.generate());
    private final Path files;
    private final AccessLog log;
    private final NonceLedger nonces;
    private final UserTokens tokens;
    private final OwnershipResolver owners;
    final DefaultCamelContext context = new DefaultCamelContext();

    /** What calls are held against. */
    private record Held(Trust trust, UserTokens tokens, PersonRelations people) {}

    /** A node without users and keys. */
    GatewayNode(DataSource database, String name, Set<String> domains, Clock clock) throws Exception {
        this(database, name, domains, new Trust(clock, KeyFolder.none()));
    }

    /** A node without users. */
    GatewayNode(DataSource database, String name, Set<String> domains, Trust trust) throws Exception {
        this(
                database,
                new GatewayRegistry.Place(name, domains),
                new Held(trust, new UserTokens(provider -> null, trust.clock()), questions -> Map.of()));
    }

    /** A node without keys. */
    GatewayNode(DataSource database, GatewayRegistry.Place place, UserTokens tokens, PersonRelations people)
            throws Exception {
        this(database, place, new Held(new Trust(Clock.systemUTC(), KeyFolder.none()), tokens, people));
    }

    private GatewayNode(DataSource database, GatewayRegistry.Place place, Held held) throws Exception {
        this.tokens = held.tokens();
        this.owners = new OwnershipResolver(held.people());
        context.getPropertiesComponent().setInitialProperties(settings());
        useAdapters(context);
        context.start();
        files = Files.createTempDirectory("spool");
        spool = new Spool(files, new Spool.Bounds(SPOOL_ABOVE, SPOOL_ROOM, 0));
        context.getRegistry().bind("spool", spool);
        registry = new GatewayRegistry(
                database,
                new GatewayRegistry.Routes(
                        new ServiceRoutes(context), new ListenerRoutes(context), ContentRoom.of(spool)),
                place,
                new Surroundings(
                        held.trust(), tokens, owners, new OwnershipObservations(owners, System::nanoTime), pseudonyms));
        Path folder = Files.createTempDirectory("audit");
        audit = AuditLog.start(
                new AuditLog.Parts(
                        database,
                        new AuditLog.Signer(NodeIdentity.named(place.node()), Sm2PrivateKey.generate(), folder),
                        new SimpleMeterRegistry()),
                AuditSettings.defaults());
        nonces = new NonceLedger(database, held.trust().clock(), new SimpleMeterRegistry());
        log = new AccessLog(new AuditedCalls(audit, pseudonyms), new AccessLog.Room(1_000, 200_000), meters);
        context.getRegistry().bind("chain", new GatewayChain(registry::inForce, nonces, log));
        for (String kind : List.of("http", "soap", "xml", "mllp", "jms", "files", "ftp", "mail")) {
            load("service-templates/" + kind + ".camel.yaml");
        }
        load("listener-templates/mllp.camel.yaml");
        registry.start();
        for (String door : List.of("open", "bus", "user")) {
            load("gateways/" + door + ".camel.yaml");
        }
    }

    /** The adapters' own kamelets: tests of bundles have others of the same names on the class path, which stand in for them. */
    static void useAdapters(CamelContext context) {
        String own = Stream.of("hl7-mllp", "files", "jms", "mail")
                .map(adapter -> "file:" + Path.of("../../adapters", adapter, "src/main/resources/kamelets"))
                .collect(Collectors.joining(","));
        context.getComponent("kamelet", KameletComponent.class).setLocation(own + ",classpath:kamelets");
    }

    private Properties settings() {
        Properties settings = new Properties();
        Stream.of("open", "bus", "user").forEach(door -> {
            settings.setProperty("gateway." + door + ".host", "127.0.0.1");
            settings.setProperty("gateway." + door + ".tlsClientAuthentication", "none");
        });
        settings.setProperty("gateway.tlsTrustStore", "");
        settings.setProperty("gateway.tlsTrustStorePassword", "");
        settings.setProperty("gateway.trustedProxies", PROXY);
        settings.setProperty("gateway.maxConnectionsPerProxy", "400");
        settings.putAll(Map.of(
                "gateway.maxBody", "1048576",
                "gateway.maxConnections", "500",
                "gateway.requestTimeout", "1s",
                "gateway.tlsKeyStore", "",
                "gateway.tlsKeyStorePassword", "",
                "gateway.open.port", Integer.toString(open),
                "gateway.user.port", Integer.toString(user),
                "gateway.bus.port", Integer.toString(bus)));
        settings.setProperty("gateway.account.", "");
        settings.setProperty("gateway.account.district", ACCOUNT_PASSWORD);
        return settings;
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(
                        context,
                        "file:" + Path.of("..").toAbsolutePath().normalize().resolve(file)));
    }

    /** One that nobody has and nobody is given: below those the system hands out, and of two test processes' own halves. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT) / 2 * 2 + FORK % 2;
            try (ServerSocket socket = new ServerSocket(port)) {
                if (HANDED_OUT.add(socket.getLocalPort())) {
                    return port;
                }
            } catch (BindException taken) {
                // another, then
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
        owners.close();
        tokens.close();
        nonces.close();
        audit.close();
        try {
            Files.delete(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
