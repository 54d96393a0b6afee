package org.tongmai.console.app.start;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.tongmai.adapters.fhir.FhirWriting;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.camel.MappingTransformers;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.routes.engine.bundle.RouteBundles;
import org.tongmai.routes.engine.delivery.ReplayEngine;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.terminology.FollowingTables;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.validation.ResourceValidator;

/** The bundles, and what they are told about this platform. */
@Configuration(proxyBeanMethods = false)
class BundleConfiguration {
    /** Where the bundles are, and what they are told. */
    record BundleSource(Path folder, PlatformOverrides overrides) {}

    /** What the data types of the bundles are made with, beside the mappings. */
    record DataTypes(
            CdaMappings cda,
            FollowingTables<Hl7OutMappings> hl7,
            FhirWriting fhir,
            CanonicalSearch search,
            ResourceValidator validator) {}

    /** Compiled when the first message is written. */
    @Bean
    FollowingTables<Hl7OutMappings> hl7Out(TerminologyService tables) {
        return new FollowingTables<>(
                () -> tables.inForce().terminology(), with -> Hl7OutMappings.compile(with, MappingSettings.defaults()));
    }

    @Bean
    DataTypes dataTypes(
            CdaMappings cda,
            FollowingTables<Hl7OutMappings> hl7,
            FhirWriting fhir,
            CanonicalSearch search,
            ResourceValidator validator) {
        return new DataTypes(cda, hl7, fhir, search, validator);
    }

    @Bean
    RouteBundles routeBundles(
            CamelContext camel, SubscriptionRegistry subscriptions, MappingEngine mappings, DataTypes types) {
        MappingTransformers.register(camel, mappings);
        MappingTransformers.register(camel, types.cda());
        MappingTransformers.register(camel, types.hl7());
        types.fhir().register(camel, types.search(), types.validator());
        return new RouteBundles(camel, subscriptions);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "tongmai.sample.enabled", havingValue = "true", matchIfMissing = true)
    SampleTwins sampleTwins(TongmaiSettings settings, PortSettings ports, DataDirectory data) {
        return new SampleTwins(settings, ports, data);
    }

    @Bean
    PlatformOverrides platformOverrides(
            Environment environment, PortSettings ports, TongmaiSettings settings, ObjectProvider<SampleTwins> sample) {
        Map<String, String> values = new HashMap<>();
        values.put("hospital.adt.port", Integer.toString(ports.mllpAdt()));
        values.put("hospital.results.port", Integer.toString(ports.mllpResults()));
        sample.ifAvailable(twins -> values.putAll(twins.bundleSettings()));
        return new PlatformOverrides(environment, values, settings.ports().offset());
    }

    @Bean
    Platform.Steps steps(
            RouteBundles bundles,
            BundleSource source,
            EngineConfiguration.RunningJournal journal,
            ReplayEngine replays) {
        return new Platform.Steps(
                () -> bundles.load(source.folder(), source.overrides()), journal.engine()::recover, replays::run);
    }

    @Bean
    BundleSource bundleSource(TongmaiSettings settings, DataDirectory data, PlatformOverrides overrides) {
        return new BundleSource(BundleFolder.find(settings.bundles().directory(), data), overrides);
    }

    @Bean
    Platform platform(CamelContext camel, RouteBundles bundles, Platform.Steps steps) {
        return new Platform(camel, bundles, steps);
    }

    @Bean
    StartNotice startNotice(DataDirectory data, PortSettings ports) {
        return new StartNotice(data, ports);
    }
}
