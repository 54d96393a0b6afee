package org.tongmai.routes.engine.bundle.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.standards.error.Issue;

/**
 * {@code config.schema.json}: the settings a bundle has. JSON Schema, the part of it that
 * {@code config.schema.schema.json} names; {@code title}, {@code description} and {@code type} are obligatory.
 */
final class SettingsSchema {
    static final String FILE = "config.schema.json";

    private static final JsonSchema DIALECT = JsonDocument.schema("config.schema.schema.json");

    /** The format of a port the bundle listens on. */
    private static final String LISTENING = "listening-port";

    /** The format of what only the platform sets. */
    private static final String SECRET = "password";

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final int LONGEST = 1000;

    /** What Camel would not take as text: placeholders, expressions, references, resources, the end of RAW(). */
    private static final Pattern NOT_PLAIN =
            Pattern.compile("(?s)\\s*(#|RAW[({]|resource:).*|.*(\\{\\{|}}|\\$\\{|\\$simple\\{|\\p{Cntrl}).*");

    private static final String END_OF_RAW = ")&";

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    /** @param location of its declaration */
    private record Setting(JsonNode declared, String location, JsonSchema schema) {
        String format() {
            return declared.path("format").asText();
        }
    }

    /** A value, where it was written, and whether the bundle's author wrote it. */
    private record Given(String text, String location, Source source) {
        Given shifted(Setting setting, int offset) {
            boolean port = setting.format().equals(LISTENING) && text.matches("[0-9]{1,5}");
            return port ? new Given(Integer.toString(Integer.parseInt(text) + offset), location, source) : this;
        }
    }

    private enum Source {
        PLATFORM,
        BUNDLE
    }

    private SettingsSchema() {}

    static SettingsSchema parse(String json, List<Issue> violations) {
        SettingsSchema schema = new SettingsSchema();
        JsonDocument.parse(FILE, json, BundleError.SCHEMA_INVALID, violations)
                .filter(document -> document.keeps(DIALECT, violations))
                .ifPresent(document -> document.root()
                        .path("properties")
                        .properties()
                        .forEach(entry -> schema.add(entry.getKey(), entry.getValue(), document, violations)));
        return schema;
    }

    private void add(String key, JsonNode declared, JsonDocument document, List<Issue> violations) {
        try {
            Pattern.compile(declared.path("pattern").asText());
        } catch (PatternSyntaxException e) {
            document.violation(declared.get("pattern"), key + ": pattern is not a regular expression", violations);
            return;
        }
        settings.put(key, new Setting(declared, document.location(declared), JsonDocument.schema(declared)));
    }

    boolean declares(String key) {
        return settings.containsKey(key);
    }

    /** Resolves every declared setting: the platform's, else the bundle's file, else the schema's default. */
    Map<String, String> resolve(String bundle, SettingsFile file, BundleOverrides overrides, List<Issue> found) {
        file.values().forEach((key, value) -> {
            if (!declares(key)) {
                found.add(Issue.of(BundleError.SETTING_UNDECLARED, value.location(), key));
            }
        });
        Map<String, String> resolved = new LinkedHashMap<>();
        settings.forEach((key, setting) -> {
            checkSecret(key, setting, file, found);
            Optional<Given> given = overrides
                    .find(bundle, key)
                    .map(text -> new Given(text, BundleOverrides.property(bundle, key), Source.PLATFORM))
                    .or(() -> own(key, setting, file).map(own -> own.shifted(setting, overrides.portOffset())));
            if (given.isEmpty()) {
                String name = BundleOverrides.property(bundle, key);
                found.add(Issue.of(BundleError.SETTING_MISSING, setting.location(), key + ": set " + name));
            } else {
                check(key, given.get(), setting, found);
                if (setting.format().equals(SECRET) && overrides.shown(bundle, key)) {
                    found.add(Issue.of(
                            BundleError.SETTING_INVALID,
                            given.get().location(),
                            key + " is a password: expected among the tenant's secrets"));
                }
                resolved.put(key, given.get().text());
            }
        });
        return resolved;
    }

    private static Optional<Given> own(String key, Setting setting, SettingsFile file) {
        return file.find(key)
                .map(value -> new Given(value.text(), value.location(), Source.BUNDLE))
                .or(() -> Optional.ofNullable(setting.declared().get("default"))
                        .map(value -> new Given(value.asText(), setting.location(), Source.BUNDLE)));
    }

    /** A password is the platform's, also where the platform's value wins over the one written here. */
    private static void checkSecret(String key, Setting setting, SettingsFile file, List<Issue> found) {
        if (!setting.format().equals(SECRET)) {
            return;
        }
        file.find(key)
                .filter(value -> !value.text().isEmpty())
                .ifPresent(value -> found.add(secret(value.location(), key)));
        if (!setting.declared().path("default").asText().isEmpty()) {
            found.add(secret(setting.location(), key));
        }
    }

    private static Issue secret(String location, String key) {
        return Issue.of(BundleError.SECRET_IN_CLEAR, location, key + " is a password: only the platform sets it");
    }

    /** Never names the value: it may be a password. */
    private static void check(String key, Given given, Setting setting, List<Issue> found) {
        String text = given.text();
        boolean plain = !text.contains(END_OF_RAW)
                && (given.source() == Source.PLATFORM
                        || text.length() <= LONGEST && !NOT_PLAIN.matcher(text).matches());
        if (!plain) {
            found.add(Issue.of(
                    BundleError.SETTING_INVALID,
                    given.location(),
                    key + ": expected plain text, without placeholders, references or )&"));
            return;
        }
        for (ValidationMessage message : setting.schema().validate(typed(text, setting.declared()))) {
            found.add(
                    Issue.of(BundleError.SETTING_INVALID, given.location(), key + ": " + JsonDocument.detail(message)));
        }
    }

    private static JsonNode typed(String text, JsonNode declared) {
        return switch (declared.path("type").asText()) {
            case "integer" ->
                INTEGER.matcher(text.trim()).matches()
                        ? LongNode.valueOf(Long.parseLong(text.trim()))
                        : TextNode.valueOf(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? BooleanNode.valueOf(text.equals("true"))
                        : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }
}
