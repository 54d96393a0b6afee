package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.tongmai.adapters.canonicalstore.terminology.PostgresTerminologyStore;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.terminology.TerminologyStore;
import org.tongmai.standards.terminology.UnmappedCodes;

/** The tables in force, and the mapping that follows them. */
@Configuration(proxyBeanMethods = false)
class TerminologyConfiguration {
    @Bean
    TerminologyStore terminologyStore(@Qualifier("readers") HikariDataSource readers) {
        return PostgresTerminologyStore.migrated(readers);
    }

    @Bean
    TerminologyService terminologyService(TerminologyStore store) {
        return TerminologyService.start(store);
    }

    @Bean
    UnmappedCodes unmappedCodes() {
        return new UnmappedCodes();
    }

    /** After those who follow, so that no switch is made before they do. */
    @Bean(destroyMethod = "close")
    @DependsOn({"mappingEngine", "cdaMappings", "resourceValidator"})
    TerminologyKeeper terminologyKeeper(TerminologyService service, TerminologyStore store, UnmappedCodes unmapped) {
        return TerminologyKeeper.start(service, store, unmapped);
    }

    @Bean
    MappingEngine mappingEngine(TerminologyService terminology, UnmappedCodes unmapped) {
        MappingEngine engine =
                MappingEngine.compile(terminology.inForce().terminology(), MappingSettings.defaults(), unmapped);
        terminology.follow(engine::prepare);
        return engine;
    }
}
