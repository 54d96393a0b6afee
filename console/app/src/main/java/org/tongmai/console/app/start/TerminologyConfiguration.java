package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.tongmai.adapters.canonicalstore.terminology.PostgresTerminologyStore;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.terminology.Terminology;
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
    TerminologyService terminologyService(TerminologyStore store, BegunEarly begun) {
        return TerminologyService.start(store, begun.maps().tables());
    }

    @Bean
    UnmappedCodes unmappedCodes(BegunEarly begun) {
        return begun.unmapped();
    }

    /** After those who follow, so that no switch is made before they do. */
    @Bean(destroyMethod = "close")
    @DependsOn({"mappingEngine", "cdaMappings", "resourceValidator"})
    TerminologyKeeper terminologyKeeper(TerminologyService service, TerminologyStore store, UnmappedCodes unmapped) {
        return TerminologyKeeper.start(service, store, unmapped);
    }

    /** The one that was begun early; compiled once more where tables were uploaded. */
    @Bean
    MappingEngine mappingEngine(TerminologyService terminology, BegunEarly begun) {
        MappingEngine engine = begun.maps().mappings();
        Terminology inForce = terminology.inForce().terminology();
        if (inForce != begun.maps().tables()) {
            engine.prepare(inForce).run();
        }
        terminology.follow(engine::prepare);
        return engine;
    }
}
