package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.tongmai.adapters.fhir.FhirWriting;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.sandbox.PlatformTypes;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.console.server.account.SecondFactorKey;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.archive.TrustedAuthors;
import org.tongmai.routes.engine.bundle.deploy.BundleDeployments;
import org.tongmai.routes.engine.bundle.deploy.DeployRules;
import org.tongmai.routes.engine.delivery.ReplayEngine;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ResourceValidator;

/** The bundles, and what they are told about this platform. */
@Configuration(proxyBeanMethods = false)
class BundleConfiguration {
    /** Where the bundles are. */
    record BundleSource(Path folder) {}

    /** What secrets of tenants are sealed with. */
    record TenantKey(Sm4Key key) {}

    /** Says that the data types of the bundles are in the Camel context. */
    record DataTypesReady() {}

    @Bean
    DataTypesReady dataTypesReady(CamelContext camel, PlatformTypes types) {
        types.register(camel);
        return new DataTypesReady();
    }

    @Bean
    PlatformTypes dataTypes(MappingEngine mappings, CdaMappings cda, PlatformTypes.Requests requests) {
        return new PlatformTypes(mappings, cda, requests);
    }

    @Bean
    PlatformTypes.Requests requests(CanonicalSearch search, ResourceValidator validator, FhirWriting writing) {
        return new PlatformTypes.Requests(search, validator, writing.settings());
    }

    /** Stopped by {@link Platform}, before anything it needs. */
    @Bean(destroyMethod = "")
    BundleDeployments bundleDeployments(
            CamelContext camel,
            SubscriptionRegistry subscriptions,
            HikariDataSource readers,
            EngineConfiguration.Node node,
            DeployRules rules) {
        return BundleDeployments.open(
                new BundleDeployments.Parts(
                        camel, subscriptions, readers, node.identity().name()),
                rules);
    }

    @Bean
    DeployRules deployRules(
            TongmaiSettings settings,
            DataDirectory data,
            PlatformOverrides overrides,
            TenantKey key,
            ObjectProvider<DeployGate> gate,
            ObjectProvider<BundleMappings> mappings) {
        String authors = settings.bundles().trustedAuthors();
        return new DeployRules(
                settings.bundles().mode(),
                overrides,
                Optional.ofNullable(gate.getIfAvailable()),
                mappings.getIfAvailable(() -> BundleMappings.NONE),
                Optional.of(
                        TrustedAuthors.load(authors.isEmpty() ? data.resolve("trusted-authors") : Path.of(authors))),
                key.key());
    }

    /** Secrets of second factors are sealed as those of tenants are: one key to give to every node. */
    @Bean
    SecondFactorKey secondFactorKey(TenantKey key) {
        return new SecondFactorKey(key.key());
    }

    @Bean
    TenantKey tenantKey(TongmaiSettings settings, DataDirectory data) {
        String file = settings.bundles().tenantKeyFile();
        String secret =
                file.isEmpty() ? data.secret("tenants") : Secret.firstLineOf(file, "tongmai.bundles.tenant-key-file");
        if (secret.isEmpty()) {
            throw new CodedException(Issue.of(
                    AppError.SECRET_NOT_READABLE, "tongmai.bundles.tenant-key-file", "expected: a first line"));
        }
        byte[] digest = Sm3.digest(secret.getBytes(StandardCharsets.UTF_8));
        return new TenantKey(Sm4Key.of(Arrays.copyOf(digest, Sm4Key.BYTES)));
    }

    @Bean
    Tenants tenants(BundleDeployments bundles) {
        return bundles.tenants();
    }

    @Bean(destroyMethod = "")
    @ConditionalOnProperty(name = "tongmai.sample.enabled", havingValue = "true", matchIfMissing = true)
    SampleTwins sampleTwins(BegunEarly begun) {
        return begun.sample();
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
            BundleDeployments bundles,
            DataTypesReady ready,
            BundleSource source,
            EngineConfiguration.RunningJournal journal,
            ReplayEngine replays,
            GatewayConfiguration.OpenDoors doors) {
        return new Platform.Steps(
                () -> bundles.start(source.folder()), journal.engine()::recover, replays::run, doors::open);
    }

    @Bean
    BundleSource bundleSource(TongmaiSettings settings, DataDirectory data) {
        return new BundleSource(BundleFolder.find(settings.bundles().directory(), data));
    }

    @Bean
    Platform platform(CamelContext camel, BundleDeployments bundles, Platform.Steps steps) {
        return new Platform(camel, bundles, steps);
    }

    @Bean
    StartNotice startNotice(
            DataDirectory data, PortSettings ports, TongmaiSettings settings, BundleDeployments bundles) {
        return new StartNotice(data, ports, settings, bundles);
    }
}
