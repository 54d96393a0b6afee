package org.tongmai.routes.engine.bundle.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.CanaryBound;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What a manifest says of the bundle's life.
 *
 * @param bound of its canary
 * @param eachTenant whether it is deployed once for each tenant
 */
record ManifestLife(CanaryBound bound, boolean eachTenant) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws CodedException {@link BundleError#MANIFEST_INVALID} when it can not be read */
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
        } catch (IOException | DateTimeParseException e) {
            throw new CodedException(
                    Issue.of(
                            BundleError.MANIFEST_INVALID,
                            BundleArchive.MANIFEST,
                            "not JSON, or maxLatency no duration"),
                    e);
        }
    }
}
