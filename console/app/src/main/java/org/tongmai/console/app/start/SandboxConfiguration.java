package org.tongmai.console.app.start;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tongmai.console.app.sandbox.PlatformTypes;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.bundle.FormerMappings;
import org.tongmai.routes.engine.bundle.deploy.BundleDeployments;
import org.tongmai.routes.engine.bundle.sandbox.OverlayMappings;
import org.tongmai.routes.engine.bundle.sandbox.RunningBundles;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenGate;

/** Where bundles are tried before they run. */
@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {
    @Bean
    SandboxPlatform sandboxPlatform(PlatformTypes types, MappingEngine mappings) {
        return new SandboxPlatform(types, mappings);
    }

    @Bean
    BundleMappings bundleMappings(MappingEngine mappings) {
        return new OverlayMappings(() -> mappings);
    }

    @Bean
    DeployGate deployGate(SandboxPlatform platform, TongmaiSettings settings) {
        return new GoldenGate(() -> platform, settings.bundles().mode());
    }

    @Bean
    FormerMappings formerMappings(BundleDeployments deployments) {
        return deployments.former();
    }

    @Bean
    RunningBundles runningBundles(BundleDeployments deployments) {
        return deployments::running;
    }
}
