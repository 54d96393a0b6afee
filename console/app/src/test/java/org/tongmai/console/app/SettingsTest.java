package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.tongmai.console.app.settings.TongmaiSettings;

/**
 * Settings are written once. To write docs/settings.md anew: {@code mvn -Dfast -pl console/app -am test
 * -Dtest=SettingsTest -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true}.
 */
class SettingsTest {
    private static final Path PAGE = SourceTree.root().resolve("docs/settings.md");
    private static final String HEAD =
            """
            # Settings

            Generated from the settings records by `SettingsTest`; do not edit. Set one on the command line
            (`--tongmai.ports.offset=1000`), in the environment (`TONGMAI_PORTS_OFFSET=1000`), or in an `application.properties`
            in the working directory. A bundle's own setting is set as `tongmai.bundles.<bundle>.<key>`; its keys are in the
            bundle's `config.schema.json`.

            | setting | default | what it says |
            |---|---|---|
            """;

    @Test
    void the_defaults_are_valid() {
        assertThat(bind(Map.of()).violations()).isEmpty();
    }

    @Test
    void all_violations_are_told_at_once() {
        TongmaiSettings settings = bind(Map.of(
                "tongmai.node-name", "a node",
                "tongmai.audit.retention", "179d",
                "tongmai.ports.http", "70000",
                "tongmai.ports.mllp-adt", "2576",
                "tongmai.database.readers", "1",
                "tongmai.database.url", "jdbc:h2:mem:x",
                "tongmai.broker.max-disk-usage", "0",
                "tongmai.console.password-age", "1h",
                "tongmai.console.second-factor", "OPERATOR,SERVICE"));

        assertThat(String.join("\n", settings.violations()))
                .contains("tongmai.node-name")
                .contains("tongmai.audit.retention: PT4296H (expected: 180 days or more)")
                .contains("tongmai.ports.http")
                .contains("tongmai.ports.mllp-results: 2576, the same as tongmai.ports.mllp-adt")
                .contains("tongmai.database.readers")
                .contains("tongmai.database.url")
                .contains("tongmai.database.username")
                .contains("tongmai.broker.max-disk-usage")
                .contains("tongmai.console.password-age: PT1H (expected: 0, or 1 day to 10 years)")
                .contains("tongmai.console.second-factor");
    }

    @Test
    void the_offset_moves_every_port() {
        TongmaiSettings settings = bind(Map.of("tongmai.ports.offset", "1000"));

        assertThat(settings.ports().shifted().http()).isEqualTo(9080);
        assertThat(settings.ports().shifted().mllpAdt()).isEqualTo(3575);
        assertThat(settings.ports().shifted().sampleMllp()).isEqualTo(3577);
    }

    @Test
    void docs_settings_md_has_every_setting_with_its_default_and_its_sentence() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static TongmaiSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("tongmai", TongmaiSettings.class);
    }

    private static String page() throws IOException {
        List<JsonNode> properties = new ArrayList<>();
        try (InputStream metadata =
                TongmaiSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            new ObjectMapper().readTree(metadata).get("properties").forEach(properties::add);
        }
        properties.sort(Comparator.comparing(property -> property.get("name").asText()));
        StringBuilder page = new StringBuilder(HEAD);
        for (JsonNode property : properties) {
            assertThat(property.path("description").asText())
                    .as("what " + property.get("name").asText() + " says")
                    .isNotEmpty();
            String value = property.path("defaultValue").asText();
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            property.get("name").asText(),
                            value.isEmpty() ? "" : "`" + value + "`",
                            property.get("description").asText()));
        }
        return page.toString();
    }
}
