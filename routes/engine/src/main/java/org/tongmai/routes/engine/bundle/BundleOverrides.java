package org.tongmai.routes.engine.bundle;

import java.util.Map;
import java.util.Optional;

/**
 * Answers what the platform, or the tenant it runs for, sets for a bundle; it wins over the bundle's own
 * {@code application.properties}. The place for addresses of the real world and for passwords.
 */
@FunctionalInterface
public interface BundleOverrides {
    /** Overrides nothing. */
    BundleOverrides NONE = (bundle, key) -> Optional.empty();

    /**
     * @param bundle id
     * @param key as in {@code config.schema.json}, for example {@code hospital.adt.port}
     */
    Optional<String> find(String bundle, String key);

    /**
     * What is added to the ports the bundle itself says it listens on ({@code "format": "listening-port"} in
     * {@code config.schema.json}), so that a second platform on a machine is out of the way of the first. A port that is
     * set by {@link #find} is taken as it is.
     */
    default int portOffset() {
        return 0;
    }

    /** Whether what {@link #find} answers is kept in clear, where people read it: then it may be no password. */
    default boolean shown(String bundle, String key) {
        return false;
    }

    /** Further {@code *.map.yaml} by name, of the tenant it runs for; their rows win over the bundle's own. */
    default Map<String, byte[]> overlay() {
        return Map.of();
    }

    /** The name of the platform's property for a bundle's setting. */
    static String property(String bundle, String key) {
        return "tongmai.bundles." + bundle + "." + key;
    }
}
