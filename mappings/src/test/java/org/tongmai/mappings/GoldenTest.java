package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.standards.canonical.BundleJson;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/**
 * Maps every {@code golden/*.hl7} as the store takes it and every {@code golden/whole/*.hl7} as a whole, and compares with
 * the {@code .canonical.json} and {@code .issues.json} beside it. Run with {@code -Dgolden.write=true} to write them anew;
 * then read the diff.
 */
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Map<Extent, MappingEngine> ENGINES = new EnumMap<>(Extent.class);

    @BeforeAll
    static void compile() {
        Terminology terminology = Terminology.load();
        MappingSettings defaults = MappingSettings.defaults();
        for (Extent extent : Extent.values()) {
            MappingSettings settings = new MappingSettings(defaults.zone(), defaults.overlays(), extent);
            ENGINES.put(extent, MappingEngine.compile(terminology, settings));
        }
    }

    static List<String> cases() throws IOException {
        List<String> names = new ArrayList<>(TestMessages.goldenNames(Extent.STORED));
        names.addAll(TestMessages.goldenNames(Extent.WHOLE));
        return names;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_message_means_what_its_golden_file_says(String name) throws IOException {
        ObjectNode canonical = null;
        List<Issue> issues;
        try {
            CanonicalBundle bundle = ENGINES.get(name.startsWith("whole/") ? Extent.WHOLE : Extent.STORED)
                    .map(TestMessages.golden(name));
            canonical = BundleJson.of(bundle);
            issues = bundle.issues();
        } catch (CodedException e) {
            issues = e.issues();
        }
        compare(TestMessages.GOLDEN.resolve(name + ".canonical.json"), canonical);
        compare(
                TestMessages.GOLDEN.resolve(name + ".issues.json"),
                issues.isEmpty() ? null : BundleJson.issues(issues));
    }

    private static void compare(Path expected, JsonNode found) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.deleteIfExists(expected);
            if (found != null) {
                Files.writeString(expected, JSON.writeValueAsString(found) + "\n");
            }
        }
        if (found == null) {
            assertThat(expected).doesNotExist();
            return;
        }
        assertThat(expected).exists();
        assertThat(JSON.writeValueAsString(found) + "\n").isEqualTo(Files.readString(expected));
    }
}
