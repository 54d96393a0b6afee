package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.settings.GatewaySettings;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.chain.AuditedCalls;
import org.tongmai.routes.engine.gateway.chain.GatewayChain;
import org.tongmai.routes.engine.gateway.chain.Pseudonyms;
import org.tongmai.routes.engine.gateway.chain.Surroundings;
import org.tongmai.routes.engine.gateway.chain.Trust;
import org.tongmai.routes.engine.gateway.key.GatewayKeys;
import org.tongmai.routes.engine.gateway.key.KeyFolder;
import org.tongmai.routes.engine.gateway.ownership.OwnershipObservations;
import org.tongmai.routes.engine.gateway.ownership.OwnershipResolver;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.replay.NonceLedger;
import org.tongmai.routes.engine.gateway.rules.ContentRoom;
import org.tongmai.routes.engine.gateway.rules.Doors;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.vault.Pkcs11KeyVault;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.patientindex.PersonRelations;

/** The service bus and its gateways. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {
    /** Folders of route templates: each file in them is a kind of transport, or of listener. */
    private static final List<String> TEMPLATES = List.of("service-templates", "listener-templates");

    private static final Duration LOOK_AT_KEYS = Duration.ofSeconds(5);

    @Bean
    GatewayRegistry.Routes gatewayRoutes(CamelContext camel, Spool spool) {
        return new GatewayRegistry.Routes(new ServiceRoutes(camel), new ListenerRoutes(camel), ContentRoom.of(spool));
    }

    @Bean
    GatewayKeys gatewayKeys(KeyFolder folder, TongmaiSettings settings) {
        GatewaySettings gateway = settings.gateway();
        if (gateway.pkcs11().isEmpty()) {
            return new GatewayKeys(List.of(folder));
        }
        String pin = Secret.firstLineOf(gateway.pkcs11PinFile(), "tongmai.gateway.pkcs11-pin-file");
        return new GatewayKeys(
                List.of(Pkcs11KeyVault.open(Path.of(gateway.pkcs11()).toAbsolutePath(), pin.toCharArray()), folder));
    }

    @Bean(destroyMethod = "close")
    KeyFolder keyFolder(TongmaiSettings settings) {
        GatewaySettings gateway = settings.gateway();
        if (gateway.keys().isEmpty()) {
            return KeyFolder.none();
        }
        String password = Secret.firstLineOf(gateway.keysPasswordFile(), "tongmai.gateway.keys-password-file");
        return KeyFolder.of(Path.of(gateway.keys()), password.toCharArray(), LOOK_AT_KEYS);
    }

    @Bean(destroyMethod = "close")
    UserTokens userTokens(TongmaiSettings settings) {
        return new UserTokens(new ExchangeKeys(settings.gateway().exchangeKeys()), Clock.systemUTC());
    }

    @Bean(destroyMethod = "close")
    OwnershipResolver ownershipResolver(PersonRelations relations) {
        return new OwnershipResolver(relations);
    }

    @Bean(destroyMethod = "close")
    GatewayRegistry gatewayRegistry(
            HikariDataSource readers, GatewayRegistry.Routes routes, GatewayRegistry.Place place, Surroundings around) {
        return new GatewayRegistry(readers, routes, place, around);
    }

    /** A node that the rules take out of service refuses every call: whoever balances the load must go elsewhere. */
    @Bean
    HealthIndicator inService(GatewayRegistry registry) {
        return () -> registry.state() == NodeRules.State.ACTIVE
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("code", GatewayError.NODE_SUSPENDED.code())
                        .withDetail("summary", GatewayError.NODE_SUSPENDED.summary())
                        .build();
    }

    @Bean
    GatewayRegistry.Place gatewayPlace(EngineConfiguration.Node node, TongmaiSettings settings) {
        return new GatewayRegistry.Place(
                node.identity().name(),
                new HashSet<>(settings.gateway().domains()),
                new Doors(
                        settings.gateway().doors(), settings.gateway().maxBody().toBytes()));
    }

    @Bean
    Surroundings surroundings(GatewayKeys keys, UserTokens tokens, OwnershipResolver owners, Pseudonyms pseudonyms) {
        return new Surroundings(
                new Trust(Clock.systemUTC(), keys),
                tokens,
                owners,
                new OwnershipObservations(owners, System::nanoTime),
                pseudonyms);
    }

    @Bean(destroyMethod = "close")
    AccessLog accessLog(AuditLog audit, EngineConfiguration.Node node, Pseudonyms pseudonyms) {
        AuditedCalls audited = new AuditedCalls(audit, pseudonyms);
        return new AccessLog(new GatewayFigures(node.meters(), audited), AccessLog.Room.DEFAULT, node.meters());
    }

    @Bean(destroyMethod = "close")
    NonceLedger nonces(
            @Qualifier("writers") HikariDataSource writers, GatewayRegistry migrated, EngineConfiguration.Node node)
            throws SQLException {
        return new NonceLedger(writers, Clock.systemUTC(), node.meters());
    }

    @Bean
    Spool httpSpool(DataDirectory data, TongmaiSettings settings, EngineConfiguration.Node node) {
        GatewaySettings gateway = settings.gateway();
        Spool spool = new Spool(
                data.folder("spool"),
                new Spool.Bounds(
                        gateway.spoolAbove().toBytes(),
                        gateway.spoolRoom().toBytes(),
                        gateway.diskFree().toBytes()));
        Gauge.builder("tongmai.gateway.spool.used", spool, Spool::used).register(node.meters());
        Gauge.builder("tongmai.gateway.spool.room", spool, Spool::room).register(node.meters());
        return spool;
    }

    /** A bean of this name, and no property: that a kamelet's parameter could stand in for. There before any route is. */
    @Bean
    Set<String> clearFtpHosts(TongmaiSettings settings) {
        return Set.copyOf(settings.gateway().clearFtpHosts());
    }

    @Bean
    GatewayChain gatewayChain(GatewayRegistry registry, NonceLedger nonces, AccessLog log) {
        return new GatewayChain(registry::inForce, nonces, log);
    }

    /** Without a key of the installation pseudonyms hold as long as the process. */
    @Bean
    Pseudonyms pseudonyms(TongmaiSettings settings) {
        String file = settings.gateway().pseudonymKeyFile();
        return file.isEmpty()
                ? Pseudonyms.ofThisProcess()
                : Pseudonyms.of(HmacSm3Key.of(Secret.firstLineOf(file, "tongmai.gateway.pseudonym-key-file")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @Bean
    OpenDoors doors(CamelContext camel, GatewayRegistry registry, PortSettings ports, TongmaiSettings settings) {
        return new OpenDoors(
                camel,
                registry,
                new Opening(settings.gateway().doors(), values(settings.gateway(), ports)),
                new ServiceAccounts(settings.gateway().accounts()));
    }

    private static Map<String, String> values(GatewaySettings settings, PortSettings ports) {
        Map<String, String> values = new HashMap<>();
        for (GatewayKind door : GatewayKind.values()) {
            String name = "gateway." + GatewaySettings.name(door);
            values.put(name + ".host", settings.host(door));
            values.put(name + ".port", Integer.toString(ports.of(door)));
            values.put(
                    name + ".tlsClientAuthentication",
                    settings.tlsClientAuthentication().of(door).name().toLowerCase(Locale.ROOT));
        }
        values.put("gateway.maxBody", Long.toString(settings.maxBody().toBytes()));
        values.put("gateway.maxConnections", Integer.toString(settings.maxConnections()));
        values.put("gateway.maxConnectionsPerProxy", Integer.toString(settings.maxConnectionsPerProxy()));
        values.put("gateway.trustedProxies", String.join(",", settings.trustedProxies()));
        values.put("gateway.requestTimeout", settings.requestTimeout().toMillis() + "ms");
        values.put("gateway.tlsTrustStore", settings.tlsTrustStore());
        values.put(
                "gateway.tlsTrustStorePassword",
                Secret.firstLineOf(
                        settings.tlsTrustStorePasswordFile(), "tongmai.gateway.tls-trust-store-password-file"));
        values.put("gateway.tlsKeyStore", settings.tlsKeyStore());
        values.put(
                "gateway.tlsKeyStorePassword",
                Secret.firstLineOf(settings.tlsKeyStorePasswordFile(), "tongmai.gateway.tls-key-store-password-file"));
        return values;
    }

    /**
     * Which doors open, and how.
     *
     * @param doors those of this node; the others have no port
     * @param settings what the doors' routes ask for
     */
    record Opening(Set<GatewayKind> doors, Map<String, String> settings) {
        /** Shows no password. */
        @Override
        public String toString() {
            return "Opening" + doors;
        }
    }

    /**
     * Opens the doors when everything behind them is there.
     *
     * @param accounts passwords that services' routes ask for
     */
    record OpenDoors(CamelContext camel, GatewayRegistry registry, Opening opening, ServiceAccounts accounts) {
        void open() {
            camel.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
                @Override
                public String getName() {
                    return "gateway";
                }

                @Override
                public String getProperty(String name) {
                    return accounts.names(name)
                            ? accounts.password(name)
                            : opening.settings().get(name);
                }
            });
            TEMPLATES.forEach(folder -> files(folder).forEach(this::load));
            registry.start();
            opening.doors().forEach(door -> load("gateways/" + GatewaySettings.name(door) + ".camel.yaml"));
        }

        private static List<String> files(String folder) {
            try {
                return Stream.of(new PathMatchingResourcePatternResolver()
                                .getResources("classpath*:" + folder + "/*.camel.yaml"))
                        .map(file -> folder + "/" + file.getFilename())
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new CodedException(Issue.of(AppError.GATEWAY_NOT_OPENED, folder, FailureFacts.place(e)), e);
            }
        }

        private void load(String file) {
            try {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "classpath:" + file));
            } catch (Exception e) { // Camel declares Exception
                throw new CodedException(Issue.of(AppError.GATEWAY_NOT_OPENED, file, FailureFacts.place(e)), e);
            }
        }

        /** Shows no password. */
        @Override
        public String toString() {
            return "Doors";
        }
    }
}
