package org.tongmai.mappings.cda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.BundleJson;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/**
 * Data and the document made of them, documents and the data made of them, as golden files beside the maps. Run with
 * {@code -Dgolden.write=true} to write them anew; then read the diff.
 */
class GoldenDocumentsTest {
    private static final Path OUT = Path.of("fhir-to-cda", "golden");
    private static final Path IN = Path.of("cda-to-fhir", "golden");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final CdaMappings CDA = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());

    static List<String> bundles() throws IOException {
        return names(OUT, ".bundle.json");
    }

    static List<String> documents() throws IOException {
        return names(IN, ".document.xml");
    }

    private static List<String> names(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .map(name -> name.substring(0, name.length() - end.length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bundles")
    void data_become_the_document_of_the_golden_file(String name) throws IOException {
        byte[] bundle = Files.readAllBytes(OUT.resolve(name + ".bundle.json"));
        byte[] xml = null;
        List<Issue> issues = new ArrayList<>();
        try {
            CdaDocument document = CDA.generate(CdaMappings.resources(bundle));
            xml = document.xml();
            issues.addAll(document.issues());
            assertThat(CDA.validate(xml)).extracting(Issue::text).isEmpty();
            assertThat(CDA.read(xml).issues()).extracting(Issue::text).isEmpty();
        } catch (CodedException e) {
            issues.addAll(e.issues());
        }
        compare(OUT.resolve(name + ".cda.xml"), xml == null ? null : new String(xml, StandardCharsets.UTF_8));
        compare(OUT.resolve(name + ".issues.json"), issues.isEmpty() ? null : text(BundleJson.issues(issues)));
    }

    @Test
    void other_tables_count_from_the_switch_on() throws IOException {
        CdaMappings cda = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
        String map = "concept-maps/administrative-gender-to-gbt-2261.csv";
        String other = Files.readString(Path.of("..", "standards", map)).replace("男性", "男");
        List<CanonicalResource> data =
                CdaMappings.resources(Files.readAllBytes(OUT.resolve("c0002-outpatient.bundle.json")));

        Runnable change = cda.prepare(Terminology.loadWith(List.of(Map.of(map, other))));
        assertThat(text(cda.generate(data))).contains("displayName=\"男性\"");
        change.run();
        assertThat(text(cda.generate(data))).contains("displayName=\"男\"").doesNotContain("男性");
    }

    private static String text(CdaDocument document) {
        return new String(document.xml(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void a_document_becomes_the_data_of_the_golden_file(String name) throws IOException {
        byte[] xml = Files.readAllBytes(IN.resolve(name + ".document.xml"));
        JsonNode canonical = null;
        ObjectNode judged = JSON.createObjectNode();
        try {
            CanonicalBundle bundle = CDA.read(xml);
            canonical = BundleJson.of(bundle);
            judged.set("read", BundleJson.issues(bundle.issues()));
        } catch (CodedException e) {
            judged.set("refused", BundleJson.issues(e.issues()));
        }
        try {
            judged.set("validated", BundleJson.issues(CDA.validate(xml)));
        } catch (CodedException e) {
            judged.set("notValidated", BundleJson.issues(e.issues()));
        }
        compare(IN.resolve(name + ".canonical.json"), canonical == null ? null : text(canonical));
        compare(IN.resolve(name + ".issues.json"), text(judged));
    }

    private static void compare(Path expected, String found) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.deleteIfExists(expected);
            if (found != null) {
                Files.writeString(expected, found);
            }
        }
        if (found == null) {
            assertThat(expected).doesNotExist();
            return;
        }
        assertThat(expected).exists();
        assertThat(found).isEqualTo(Files.readString(expected));
    }

    private static String text(JsonNode node) throws IOException {
        return JSON.writeValueAsString(node) + "\n";
    }
}
