package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tongmai.adapters.canonicalstore.CanonicalStoreSchema;
import org.tongmai.adapters.canonicalstore.PostgresCanonicalStore;
import org.tongmai.adapters.fhir.FhirServlet;
import org.tongmai.adapters.fhir.FhirWriting;
import org.tongmai.adapters.fhirvalidation.HapiResourceValidator;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.console.app.settings.ConsoleAccessSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.routes.engine.delivery.DeliveryEngine;
import org.tongmai.routes.engine.delivery.DeliverySettings;
import org.tongmai.routes.engine.delivery.DeliverySetup;
import org.tongmai.routes.engine.delivery.ReplayEngine;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.routes.engine.journal.EngineJournal;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.routes.engine.node.NodeError;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.routes.engine.node.Pulse;
import org.tongmai.standards.patientindex.PatientIndex;
import org.tongmai.standards.terminology.TerminologyService;

/** The canonical store and the engine, each on its own pool; migrations run before who needs them. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {
    private static final Duration REMEMBER_BASIC = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(EngineConfiguration.class);

    /** Who this process is, and where it counts. */
    record Node(NodeIdentity identity, MeterRegistry meters) {}

    @Bean
    Node thisNode(TongmaiSettings settings, DataDirectory data, MeterRegistry meters) {
        String name = settings.nodeName();
        return new Node(name.isEmpty() ? NodeIdentity.keptIn(data.path()) : NodeIdentity.named(name), meters);
    }

    /** A node that is fenced or cut off answers AE to everything: whoever balances the load must go elsewhere. */
    @Bean
    HealthIndicator node(Node node) {
        return () -> {
            Pulse pulse = node.identity().pulse();
            if (pulse.fenced() || pulse.silent()) {
                NodeError why = pulse.fenced() ? NodeError.FENCED : NodeError.SILENT;
                return Health.down()
                        .withDetail("code", why.code())
                        .withDetail("summary", why.summary())
                        .build();
            }
            return Health.up().build();
        };
    }

    @Bean
    SubscriptionRegistry subscriptions() {
        return new SubscriptionRegistry();
    }

    @Bean
    PostgresCanonicalStore canonicalStore(HikariDataSource readers) {
        CanonicalStoreSchema.migrate(readers);
        return new PostgresCanonicalStore(readers);
    }

    /** Holds the engine, which is found by its services only: one object, one bean of each kind. */
    record RunningJournal(EngineJournal engine, ScheduledExecutorService housekeeping) implements AutoCloseable {
        static RunningJournal of(EngineJournal engine) {
            ScheduledExecutorService housekeeping = LastingWork.timer("journal-housekeeping");
            housekeeping.scheduleWithFixedDelay(LastingWork.task(() -> prune(engine)), 1, 60, TimeUnit.MINUTES);
            return new RunningJournal(engine, housekeeping);
        }

        /** Days older than the retention go; one that has unsettled messages stays, and the next hour asks again. */
        private static void prune(EngineJournal engine) {
            try {
                for (LocalDate day : engine.prune()) {
                    LOG.info("The journal of {} is older than the retention and was dropped", day);
                }
            } catch (SQLException e) {
                LOG.warn("The journal could not be pruned, it is tried again: SQLSTATE {}", e.getSQLState());
            }
        }

        @Override
        public void close() {
            housekeeping.shutdownNow();
            engine.close();
        }
    }

    @Bean(destroyMethod = "close")
    RunningJournal runningJournal(
            @Qualifier("writers") HikariDataSource writers,
            PostgresCanonicalStore store,
            SubscriptionRegistry subscriptions,
            Node node)
            throws SQLException {
        return RunningJournal.of(EngineJournal.start(
                new EngineJournal.Parts(writers, store, subscriptions, node.identity(), node.meters()),
                JournalSettings.defaults()));
    }

    @Bean
    JournalService journalService(RunningJournal running) {
        return running.engine().service();
    }

    @Bean
    Journal journal(RunningJournal running) {
        return running.engine().journal();
    }

    /** Named as a subscription factory too: {@code canonical:subscribe} finds it in the Camel registry by type. */
    @Bean(destroyMethod = "close")
    DeliveryEngine deliveryEngine(
            @Qualifier("deliverers") HikariDataSource deliverers,
            PostgresCanonicalStore store,
            SubscriptionRegistry subscriptions,
            RunningJournal journal,
            Node node) {
        DeliveryEngine deliveries = new DeliveryEngine(
                new DeliverySetup(deliverers, store, subscriptions, node.identity(), node.meters()),
                DeliverySettings.defaults());
        journal.engine().addListener(deliveries);
        return deliveries;
    }

    @Bean(destroyMethod = "close")
    ReplayEngine replays(
            CamelContext camel,
            @Qualifier("deliverers") HikariDataSource deliverers,
            Journal journal,
            Node node,
            MappingEngine mappings) {
        return new ReplayEngine(
                new ReplayEngine.Setup(camel, deliverers, journal, node.identity(), mappings::takes),
                DeliverySettings.defaults());
    }

    @Bean
    CdaMappings cdaMappings(TerminologyService tables) {
        CdaMappings mappings = CdaMappings.compile(tables.inForce().terminology(), MappingSettings.defaults());
        tables.follow(mappings::prepare);
        return mappings;
    }

    /** Loads at the first request: HAPI's model takes a second that the start need not wait for. */
    @Bean
    ServletRegistrationBean<FhirServlet> fhir(
            PostgresCanonicalStore store,
            PatientIndex persons,
            TerminologyService tables,
            HapiResourceValidator validator,
            FhirWriting writing) {
        return new ServletRegistrationBean<>(
                new FhirServlet(store, persons, () -> tables.inForce().terminology(), validator, writing.settings())
                        .taking(writing),
                "/fhir/*");
    }

    @Bean
    FhirWriting fhirWriting(
            ObjectProvider<CamelContext> camel,
            Journal journal,
            PostgresCanonicalStore store,
            TongmaiSettings settings) {
        return new FhirWriting(camel::getObject, journal, store, settings.fhir().endpoint());
    }

    @Bean
    ReadyForJudging readyForJudging(HapiResourceValidator validator, TongmaiSettings settings) {
        return new ReadyForJudging(
                validator, settings.fhir().endpoint().writing().judging());
    }

    /** Loads nothing before it is asked, or the platform is ready. */
    @Bean(destroyMethod = "close")
    HapiResourceValidator resourceValidator(PostgresCanonicalStore store, TerminologyService tables) {
        HapiResourceValidator validator = new HapiResourceValidator(
                ValidationSettings.defaults(), tables.inForce().terminology(), store);
        tables.follow(validator::prepare);
        return validator;
    }

    @Bean
    ConsoleSettings consoleSettings(DataDirectory data, TongmaiSettings settings) {
        ConsoleAccessSettings access = settings.console();
        return new ConsoleSettings(data.path(), access.lockAfter(), access.lockFor(), REMEMBER_BASIC, access.rules());
    }
}
