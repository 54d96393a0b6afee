package org.tongmai.routes.engine.bundle.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.standards.error.Issue;

/** {@code route-bundle.json}: who the bundle is. */
public record Manifest(String version, String title, String description) {
    static final Manifest UNREADABLE = new Manifest("", "", "");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    private static final List<String> KEYS = List.of("id", "version", "title", "description");
    private static final List<String> OF_ITS_LIFE = List.of("canary", "tenants");

    static Manifest parse(String folder, String json, List<Issue> violations) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            invalid(violations, ":" + line, "not JSON");
            return UNREADABLE;
        }
        for (String key : KEYS) {
            if (!root.path(key).isTextual() || root.path(key).asText().isBlank()) {
                invalid(violations, "", key + " is missing");
            }
        }
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key) && !OF_ITS_LIFE.contains(key)) {
                invalid(violations, "", key + " is not a key of a manifest; expected " + KEYS);
            }
        });
        check(folder, root, violations);
        return new Manifest(
                root.path("version").asText(),
                root.path("title").asText(),
                root.path("description").asText());
    }

    private static void check(String folder, JsonNode root, List<Issue> violations) {
        String id = root.path("id").asText(folder);
        if (!id.equals(folder)) {
            invalid(violations, "", "id: " + id + ", expected the folder's name: " + folder);
        }
        if (!KEBAB.matcher(folder).matches()) {
            invalid(violations, "", "id: " + folder + ", expected kebab-case");
        }
        String version = root.path("version").asText();
        if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
            invalid(violations, "", "version: " + version + ", expected 1.2.3");
        }
    }

    private static void invalid(List<Issue> violations, String line, String detail) {
        violations.add(Issue.of(BundleError.MANIFEST_INVALID, BundleArchive.MANIFEST + line, detail));
    }
}
