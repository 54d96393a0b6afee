package org.tongmai.routes.engine.bundle.deploy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.PropertiesSource;

/**
 * Holds the settings of everything that runs for Camel's placeholders, each under its owner's prefix: what the author
 * writes as {@code {{hospital.adt.port}}} is read as {@code {{tongmai.bundles.<owner>.hospital.adt.port}}}, so bundles,
 * versions and tenants never see each other's settings.
 */
final class BundleSettings implements PropertiesSource {
    private final Map<String, Map<String, String>> byOwner = new ConcurrentHashMap<>();

    /** What the names of the owner's settings begin with. An owner has no dot at its end. */
    static String prefix(String owner) {
        return "tongmai.bundles." + owner + "/";
    }

    void put(String owner, Map<String, String> settings) {
        byOwner.put(prefix(owner), settings);
    }

    void remove(String owner) {
        byOwner.remove(prefix(owner));
    }

    @Override
    public String getName() {
        return "tongmai-bundles";
    }

    @Override
    public String getProperty(String name) {
        int end = name.indexOf('/') + 1;
        Map<String, String> settings = byOwner.get(name.substring(0, end));
        return settings == null ? null : settings.get(name.substring(end));
    }
}
