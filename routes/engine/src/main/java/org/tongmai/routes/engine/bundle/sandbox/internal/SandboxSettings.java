package org.tongmai.routes.engine.bundle.sandbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/**
 * Gives a value to what a bundle leaves to its platform and nobody has set: passwords and addresses that no sandbox
 * reaches. What is wrong with the files is the reader's to tell.
 */
public final class SandboxSettings implements BundleOverrides {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BundleOverrides set;
    private final JsonNode schema;
    private final Properties defaults = new Properties();

    public SandboxSettings(BundleArchive archive, BundleOverrides set) {
        this.set = set;
        this.schema = schema(text(archive, "config.schema.json"));
        try {
            defaults.load(new StringReader(text(archive, "application.properties")));
        } catch (IOException | IllegalArgumentException e) {
            defaults.clear(); // the reader refuses the file
        }
    }

    @Override
    public Optional<String> find(String bundle, String key) {
        Optional<String> value = set.find(bundle, key);
        JsonNode setting = schema.path(key);
        if (value.isPresent() || defaults.containsKey(key) || setting.has("default")) {
            return value;
        }
        if (setting.has("enum")) {
            return Optional.of(setting.path("enum").path(0).asText());
        }
        return switch (setting.path("type").asText()) {
            case "integer" -> Optional.of(setting.path("minimum").asText("1"));
            case "boolean" -> Optional.of("false");
            default -> Optional.of("sandbox");
        };
    }

    private static JsonNode schema(String text) {
        try {
            return JSON.readTree(text).path("properties");
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // the reader refuses the file
        }
    }

    private static String text(BundleArchive archive, String name) {
        return new String(archive.file(name).orElse(new byte[0]), StandardCharsets.UTF_8);
    }
}
