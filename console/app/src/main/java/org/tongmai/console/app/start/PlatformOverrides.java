package org.tongmai.console.app.start;

import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.tongmai.routes.engine.bundle.BundleOverrides;

/** What the platform sets for a bundle: first {@code tongmai.bundles.<bundle>.<key>}, then the ports and the sample. */
final class PlatformOverrides implements BundleOverrides {
    private final Environment environment;
    private final Map<String, String> platform;
    private final int portOffset;

    /**
     * @param environment of the application
     * @param platform values by key, whatever the bundle
     * @param portOffset what is added to the ports bundles listen on by themselves
     */
    PlatformOverrides(Environment environment, Map<String, String> platform, int portOffset) {
        this.environment = environment;
        this.platform = Map.copyOf(platform);
        this.portOffset = portOffset;
    }

    @Override
    public Optional<String> find(String bundle, String key) {
        return Optional.ofNullable(environment.getProperty("tongmai.bundles." + bundle + "." + key))
                .or(() -> Optional.ofNullable(platform.get(key)));
    }

    @Override
    public int portOffset() {
        return portOffset;
    }
}
