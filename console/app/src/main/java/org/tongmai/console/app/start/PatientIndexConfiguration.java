package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tongmai.adapters.canonicalstore.PostgresCanonicalStore;
import org.tongmai.adapters.patientindex.PatientIndexSchema;
import org.tongmai.adapters.patientindex.PostgresPatientIndexStore;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.console.domain.patientindex.MatchTables;
import org.tongmai.console.domain.patientindex.PatientIndexFeed;
import org.tongmai.console.domain.patientindex.PatientIndexService;
import org.tongmai.console.domain.patientindex.PersonRelationService;

/** The master patient index and what feeds it: it follows the canonical store, behind the acknowledgements. */
@Configuration(proxyBeanMethods = false)
class PatientIndexConfiguration {
    @Bean
    PostgresPatientIndexStore patientIndexStore(HikariDataSource readers) {
        PatientIndexSchema.migrate(readers);
        return new PostgresPatientIndexStore(readers);
    }

    @Bean
    MatchTables matchTables() {
        return MatchTables.load();
    }

    @Bean
    PatientIndexService patientIndex(PostgresPatientIndexStore store, MatchTables tables) {
        return new PatientIndexService(store, tables);
    }

    @Bean
    PersonRelationService personRelations(PostgresPatientIndexStore store, MatchTables tables) {
        return new PersonRelationService(store, tables, Clock.systemDefaultZone());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = "tongmai.patient-index.enabled", havingValue = "true", matchIfMissing = true)
    PatientIndexFeed patientIndexFeed(
            PostgresCanonicalStore store,
            PatientIndexService index,
            EngineConfiguration.RunningJournal journal,
            TongmaiSettings settings) {
        PatientIndexFeed feed = new PatientIndexFeed(
                new PatientIndexFeed.Source(store, store),
                index,
                settings.patientIndex().feed());
        journal.engine().addListener(stored -> feed.wake());
        return feed;
    }
}
