package org.tongmai.routes.engine.bundle.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.standards.error.Issue;

/**
 * {@code config.schema.json}: the settings a bundle has. The part of JSON Schema that a flat list of settings needs:
 * {@code type} (string, integer, boolean), {@code default}, {@code minimum}, {@code maximum}, {@code enum},
 * {@code pattern}, {@code format} {@code listening-port}; {@code title} and {@code description} are obligatory.
 */
final class SettingsSchema {
    static final String FILE = "config.schema.json";
    static final String DEFAULTS = "application.properties";

    /** The format of a port the bundle listens on. */
    private static final String LISTENING = "listening-port";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES = List.of("string", "integer", "boolean");

    private final Map<String, JsonNode> settings = new LinkedHashMap<>();

    private SettingsSchema() {}

    static SettingsSchema parse(String json, List<Issue> violations) {
        SettingsSchema schema = new SettingsSchema();
        try {
            JsonNode root = JSON.readTree(json);
            root.path("properties").properties().forEach(entry -> schema.add(entry, violations));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            violations.add(Issue.of(BundleError.SCHEMA_INVALID, FILE + ":" + line, "not JSON"));
        }
        return schema;
    }

    private void add(Map.Entry<String, JsonNode> entry, List<Issue> violations) {
        JsonNode setting = entry.getValue();
        for (String key : List.of("title", "description", "type")) {
            if (!setting.path(key).isTextual()) {
                violations.add(Issue.of(BundleError.SCHEMA_INVALID, FILE, entry.getKey() + " has no " + key));
            }
        }
        if (setting.has("type") && !TYPES.contains(setting.path("type").asText())) {
            violations.add(
                    Issue.of(BundleError.SCHEMA_INVALID, FILE, entry.getKey() + ": type must be one of " + TYPES));
        }
        settings.put(entry.getKey(), setting);
    }

    boolean declares(String key) {
        return settings.containsKey(key);
    }

    /** Resolves every declared setting: the platform's, else the bundle's file, else the schema's default. */
    Map<String, String> resolve(String bundle, String propertiesText, BundleOverrides overrides, List<Issue> found) {
        Properties file = properties(propertiesText, found);
        for (String key : file.stringPropertyNames()) {
            if (!declares(key)) {
                found.add(Issue.of(BundleError.SETTING_UNDECLARED, DEFAULTS, key));
            }
        }
        Map<String, String> resolved = new LinkedHashMap<>();
        settings.forEach((key, setting) -> {
            Optional<String> value = overrides.find(bundle, key).or(() -> own(key, setting, file)
                    .map(text -> shifted(text, setting, overrides.portOffset())));
            if (value.isEmpty()) {
                String name = BundleOverrides.property(bundle, key);
                found.add(Issue.of(BundleError.SETTING_MISSING, FILE, key + ": set " + name));
            } else {
                check(key, value.get(), setting, found);
                resolved.put(key, value.get());
            }
        });
        return resolved;
    }

    private static Optional<String> own(String key, JsonNode setting, Properties file) {
        return Optional.ofNullable(file.getProperty(key))
                .or(() -> setting.has("default")
                        ? Optional.of(setting.path("default").asText())
                        : Optional.empty());
    }

    private static String shifted(String text, JsonNode setting, int offset) {
        boolean port = LISTENING.equals(setting.path("format").asText()) && text.matches("[0-9]{1,5}");
        return port ? Integer.toString(Integer.parseInt(text) + offset) : text;
    }

    private static Properties properties(String text, List<Issue> violations) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            violations.add(Issue.of(BundleError.SETTING_INVALID, DEFAULTS, "not a properties file"));
        }
        return properties;
    }

    /** Never names the value: it may be a password. */
    private static void check(String key, String value, JsonNode setting, List<Issue> violations) {
        String expected =
                switch (setting.path("type").asText()) {
                    case "integer" -> integer(value, setting);
                    case "boolean" -> value.equals("true") || value.equals("false") ? "" : "true or false";
                    default -> text(value, setting);
                };
        if (!expected.isEmpty()) {
            violations.add(Issue.of(BundleError.SETTING_INVALID, DEFAULTS, key + ": expected " + expected));
        }
    }

    private static String integer(String value, JsonNode setting) {
        long minimum = setting.path("minimum").asLong(Long.MIN_VALUE);
        long maximum = setting.path("maximum").asLong(Long.MAX_VALUE);
        try {
            long number = Long.parseLong(value.trim());
            return number >= minimum && number <= maximum ? "" : minimum + " to " + maximum;
        } catch (NumberFormatException e) {
            return "an integer";
        }
    }

    private static String text(String value, JsonNode setting) {
        if (setting.has("enum")) {
            for (JsonNode allowed : setting.path("enum")) {
                if (allowed.asText().equals(value)) {
                    return "";
                }
            }
            return "one of " + setting.path("enum");
        }
        try {
            String pattern = setting.path("pattern").asText();
            return pattern.isEmpty() || Pattern.compile(pattern).matcher(value).find() ? "" : "pattern " + pattern;
        } catch (PatternSyntaxException e) {
            return "a pattern that is a regular expression";
        }
    }
}
