package org.tongmai.console.server.sample;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.tongmai.console.server.ConsoleServerConfiguration;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.AccountRules;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.account.SecondFactorKey;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.camel.MappingTransformers;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.routes.engine.bundle.FormerMappings;
import org.tongmai.routes.engine.bundle.RouteBundles;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.sandbox.RunningBundles;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.delivery.Deliveries;
import org.tongmai.routes.engine.gateway.Gateways;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.terminology.TerminologyStore;

/** The console over sample data, with a real PostgreSQL for the accounts. */
@SpringBootApplication(exclude = FlywayAutoConfiguration.class, scanBasePackages = "org.tongmai.console.server.sample")
@Import(ConsoleServerConfiguration.class)
public class SampleConsole {
    /** With {@code sample.strict}: operators need a second factor, and a session lasts two seconds at most. */
    private static final AccountRules STRICT =
            new AccountRules(Duration.ofDays(90), Set.of(Role.OPERATOR), Duration.ofMinutes(7), Duration.ofSeconds(2));

    /** Starts by hand: {@code <data directory> <port>}. */
    public static void main(String[] arguments) {
        start(Path.of(arguments[0]), Map.of("server.port", arguments[1]));
    }

    /** Starts on a free port with its data in the directory. */
    public static ConfigurableApplicationContext start(Path dataDirectory) {
        return start(dataDirectory, Map.of());
    }

    public static ConfigurableApplicationContext start(Path dataDirectory, Map<String, Object> settings) {
        SpringApplication application = new SpringApplication(SampleConsole.class);
        Map<String, Object> all = new java.util.HashMap<>(settings);
        all.putIfAbsent("server.port", "0");
        all.putIfAbsent("server.address", "127.0.0.1");
        all.put("sample.data", dataDirectory.toString());
        application.setDefaultProperties(all);
        return application.run();
    }

    /** Its own, where no other is named: several nodes share one. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "sample.database", havingValue = "own", matchIfMissing = true)
    EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder().start();
    }

    @Bean
    DataSource dataSource(ObjectProvider<EmbeddedPostgres> postgres, Environment environment) {
        EmbeddedPostgres own = postgres.getIfAvailable();
        if (own != null) {
            return own.getPostgresDatabase();
        }
        PGSimpleDataSource shared = new PGSimpleDataSource();
        shared.setUrl(environment.getRequiredProperty("sample.database"));
        return shared;
    }

    @Bean
    ConsoleSettings consoleSettings(Environment environment) {
        Path data = Path.of(environment.getRequiredProperty("sample.data"));
        return new ConsoleSettings(
                data,
                3,
                Duration.ofMinutes(5),
                Duration.ofSeconds(60),
                environment.getProperty("sample.strict") == null ? AccountRules.defaults() : STRICT);
    }

    @Bean
    SecondFactorKey secondFactorKey() {
        return new SecondFactorKey(Sm4Key.of(new byte[Sm4Key.BYTES]));
    }

    @Bean(destroyMethod = "close")
    SampleAudit auditLog(DataSource dataSource, ConsoleSettings settings, Environment environment) throws SQLException {
        String node = environment.getProperty("sample.node", "sample");
        return new SampleAudit(dataSource, settings.dataDirectory().resolve("audit"), node);
    }

    @Bean
    SampleJournal journal() {
        return new SampleJournal();
    }

    @Bean
    SampleReplays replays(Journal journal) {
        return new SampleReplays((SampleJournal) journal);
    }

    @Bean
    SamplePatientIndex patientIndex() {
        return new SamplePatientIndex();
    }

    @Bean
    SampleGuardianships guardianships() {
        return new SampleGuardianships();
    }

    @Bean
    TerminologyStore terminologyStore() {
        return new SampleTerminology();
    }

    @Bean
    TerminologyService terminologyService(TerminologyStore store) {
        return TerminologyService.start(store, Terminology.load());
    }

    @Bean
    Deliveries deliveries() {
        return new SampleDeliveries();
    }

    @Bean
    RouteBundles bundles() {
        return new SampleBundles();
    }

    @Bean
    Tenants tenants() {
        return new SampleTenants();
    }

    @Bean
    Gateways gateways() {
        return new SampleGateways();
    }

    @Bean
    SampleCanonical canonical() {
        return new SampleCanonical();
    }

    @Bean
    MappingEngine mappingEngine() {
        return MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
    }

    @Bean
    SandboxPlatform sandboxPlatform(MappingEngine mappings) {
        return new SandboxPlatform(context -> MappingTransformers.register(context, mappings), mappings);
    }

    /** Nobody has rows of his own. */
    @Bean
    FormerMappings formerMappings() {
        return (feed, maps) -> Optional.empty();
    }

    /** No bundle runs here. */
    @Bean
    RunningBundles runningBundles() {
        return instance -> Optional.empty();
    }

    @Bean
    CdaMappings cdaMappings() {
        return CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
    }
}
