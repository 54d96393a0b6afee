package org.tongmai.routes.engine.bundle.check;

import com.networknt.schema.JsonSchema;
import java.util.List;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.standards.error.Issue;

/** {@code route-bundle.json}: who the bundle is. */
public record Manifest(String version, String title, String description) {
    private static final Manifest UNREADABLE = new Manifest("", "", "");
    private static final JsonSchema SCHEMA = JsonDocument.schema("route-bundle.schema.json");

    static Manifest parse(String folder, String json, List<Issue> violations) {
        return JsonDocument.parse(BundleArchive.MANIFEST, json, BundleError.MANIFEST_INVALID, violations)
                .map(document -> of(folder, document, violations))
                .orElse(UNREADABLE);
    }

    private static Manifest of(String folder, JsonDocument document, List<Issue> violations) {
        document.keeps(SCHEMA, violations);
        var root = document.root();
        if (root.path("id").isTextual() && !root.path("id").asText().equals(folder)) {
            document.violation(root.get("id"), "id: expected the name of the folder, " + folder, violations);
        }
        return new Manifest(
                root.path("version").asText(),
                root.path("title").asText(),
                root.path("description").asText());
    }
}
