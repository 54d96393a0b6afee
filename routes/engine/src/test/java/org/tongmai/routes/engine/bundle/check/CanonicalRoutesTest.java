package org.tongmai.routes.engine.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/**
 * Routes are canonical: what Kaoto reads and writes, and what Camel's schema {@code camelYamlDsl-canonical.json} describes,
 * which has none of the short forms that {@code camelYamlDsl.json} of the Camel in use allows beside it.
 */
class CanonicalRoutesTest {
    private static final Path ROUTES = Path.of("..");
    private static final String MODEL = "org.apache.camel.model.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode FULL = full();
    private static final JsonSchema OF_THIS_CAMEL = schema(FULL);
    private static final JsonSchema CANONICAL = schema(canonical());
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    @AfterAll
    static void stopCamel() {
        CAMEL.stop();
    }

    static Stream<Path> routes() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("bundles", "shared", "template")) {
            try (Stream<Path> found = Files.walk(ROUTES.resolve(folder))) {
                found.filter(file -> file.toString().endsWith(RouteFile.SUFFIX)).forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(10);
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_of_the_repository_is_canonical(Path file) throws IOException {
        JsonNode route = tree(Files.readString(file));
        assertThat(CANONICAL.validate(route)).isEmpty();
        assertThat(OF_THIS_CAMEL.validate(route)).isEmpty();
    }

    /** A step in a form that is not canonical, as YAML. */
    record ShortForm(String step) {}

    /** Every short form that Camel knows of a step or expression bundles may use, read out of its schema. */
    static Stream<ShortForm> shortForms() {
        List<ShortForm> forms = new ArrayList<>();
        JsonNode steps = definition(MODEL + "ProcessorDefinition").path("properties");
        StepRules.OPTIONS.keySet().stream().filter(steps::has).forEach(step -> {
            if (hasText(referred(steps.path(step)))) {
                forms.add(new ShortForm(step + ": x"));
            }
        });
        for (String step : StepRules.COMPUTING) {
            String name = Character.toUpperCase(step.charAt(0)) + step.substring(1);
            JsonNode properties = definition(MODEL + name + "Definition").path("properties");
            for (String language : ExpressionRules.LANGUAGES) {
                if (properties.has(language)) {
                    forms.add(new ShortForm(in(step, language + ": {expression: x}")));
                }
                if (hasText(referred(properties.path(language)))) {
                    forms.add(new ShortForm(in(step, "expression: {" + language + ": x}")));
                }
            }
        }
        return forms.stream();
    }

    /** A computing step with this expression; {@code when} stands in a choice only. */
    private static String in(String step, String expression) {
        String options = step.startsWith("set") ? "name: x, " : step.equals("throttle") ? "" : "steps: [], ";
        return step.equals("when")
                ? "choice: {when: [{" + options + expression + "}]}"
                : step + ": {" + options + expression + "}";
    }

    @ParameterizedTest
    @MethodSource("shortForms")
    void a_short_form_is_refused_with_file_and_line(ShortForm form) throws IOException {
        String yaml = route(form.step());
        assertThat(OF_THIS_CAMEL.validate(tree(yaml))).as("Camel knows it").isEmpty();
        assertThat(CANONICAL.validate(tree(yaml))).as("it is not canonical").isNotEmpty();
        assertThat(refusals(yaml)).contains("TM-BUNDLE-0007 receive.camel.yaml:8");
    }

    @Test
    void what_is_written_out_is_canonical_and_not_refused() {
        for (String step : StepRules.COMPUTING) {
            String yaml = route(in(step, "expression: {constant: {expression: \"1\", id: a, trim: true}}"));
            assertThat(refusals(yaml)).as(step).isEmpty();
            assertThat(CANONICAL.validate(tree(yaml))).as(step).isEmpty();
        }
        Set<ValidationMessage> options =
                CANONICAL.validate(tree(route("split: {delimiter: x, stopOnException: true, steps: [{stop: {}}],"
                        + " expression: {simple: {expression: a}}}")));
        assertThat(options).isEmpty();
    }

    private static String route(String step) {
        return """
                - route:
                    id: short.receive
                    description: d
                    from:
                      uri: kamelet:hl7-mllp-source
                      parameters: {port: 1}
                      steps:
                        - %s
                """
                .formatted(step);
    }

    private static List<String> refusals(String yaml) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("README.md", bytes("# short"));
        files.put(
                "route-bundle.json",
                bytes("{\"id\": \"short\", \"version\": \"1.0.0\", \"title\": \"t\", \"description\": \"d\"}"));
        files.put("config.schema.json", bytes("{\"properties\": {}}"));
        files.put("receive.camel.yaml", bytes(yaml));
        return BundleCheck.check(BundleArchive.of("short", files), BundleOverrides.NONE, CAMEL).violations().stream()
                .map(issue -> issue.code().code() + " " + issue.location())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static JsonNode definition(String name) {
        return FULL.path("items").path("definitions").path(name);
    }

    private static JsonNode referred(JsonNode property) {
        String reference = property.path("$ref").asText();
        return definition(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /** Whether one of the alternatives is a text. */
    private static boolean hasText(JsonNode definition) {
        for (JsonNode alternative : definition.path("oneOf")) {
            if (alternative.path("type").asText().equals("string")) {
                return true;
            }
        }
        return false;
    }

    private static JsonSchema schema(JsonNode schema) {
        return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
    }

    private static JsonNode full() {
        try (InputStream file = CanonicalRoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode canonical() {
        try {
            return JSON.readTree(Path.of("target/canonical-schema/schema/camelYamlDsl-canonical.json")
                    .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
