package org.tongmai.routes.engine.bundle.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.tongmai.routes.engine.bundle.CanaryBound;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/**
 * What a manifest that keeps its schema says of the bundle's life.
 *
 * @param bound of its canary
 * @param eachTenant whether it is deployed once for each tenant
 */
record ManifestLife(CanaryBound bound, boolean eachTenant) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ManifestLife of(BundleArchive archive) {
        try {
            JsonNode manifest =
                    JSON.readTree(archive.file(BundleArchive.MANIFEST).orElse(new byte[0]));
            JsonNode canary = manifest.path("canary");
            CanaryBound usual = CanaryBound.DEFAULT;
            return new ManifestLife(
                    new CanaryBound(
                            canary.path("maxErrorRate").asDouble(usual.maxErrorRate()),
                            Duration.parse(canary.path("maxLatency")
                                    .asText(usual.maxLatency().toString())),
                            canary.path("minMessages").asInt(usual.minMessages())),
                    manifest.path("tenants").asText().equals("each"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
