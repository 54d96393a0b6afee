package org.tongmai.routes.engine.bundle.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.PropertiesSource;
import org.tongmai.routes.engine.bundle.BundleOverrides;

/**
 * Holds the settings of all bundles for Camel's placeholders, each under its bundle's own prefix: what a route file
 * writes as {@code {{hospital.adt.port}}} is read as {@code {{tongmai.bundles.<id>.hospital.adt.port}}}, so bundles
 * never see each other's settings.
 */
public final class BundleSettings implements PropertiesSource {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    public void replace(String bundle, Map<String, String> settings) {
        values.keySet().removeIf(name -> name.startsWith(prefix(bundle)));
        settings.forEach((key, value) -> values.put(prefix(bundle) + key, value));
    }

    /** What the name of a bundle's setting is prefixed with. */
    public static String prefix(String bundle) {
        return BundleOverrides.property(bundle, "");
    }

    @Override
    public String getName() {
        return "tongmai-bundles";
    }

    @Override
    public String getProperty(String name) {
        return values.get(name);
    }
}
