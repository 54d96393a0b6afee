package org.tongmai.routes.engine.bundle.deploy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.Tenants.Limits;

/**
 * What is a tenant's own where a bundle runs for it; {@link #NONE} where a bundle is deployed once.
 *
 * @param name empty for none
 * @param title for people
 * @param plainSettings values by key
 * @param secrets further values by key, never shown
 * @param limits what it may use
 * @param overlayTexts {@code *.map.yaml} by name
 * @param revision one more with every change
 */
record TenantRow(
        String name,
        String title,
        Map<String, String> plainSettings,
        Map<String, String> secrets,
        Limits limits,
        Map<String, String> overlayTexts,
        long revision) {
    static final TenantRow NONE = new TenantRow("", "", Map.of(), Map.of(), Limits.NONE, Map.of(), 0);

    String instanceOf(String bundle) {
        return Tenants.instance(bundle, name);
    }

    /** The same, written after another. */
    TenantRow after(TenantRow written) {
        return new TenantRow(name, title, plainSettings, secrets, limits, overlayTexts, written.revision() + 1);
    }

    /** Values by key, secrets too. */
    Map<String, String> settings() {
        Map<String, String> all = new HashMap<>(plainSettings);
        all.putAll(secrets);
        return all;
    }

    Map<String, byte[]> overlay() {
        Map<String, byte[]> files = new TreeMap<>();
        overlayTexts.forEach((file, text) -> files.put(file, text.getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    /** Without values: some are secrets. */
    @Override
    public String toString() {
        return "TenantRow[" + name + "]";
    }
}
