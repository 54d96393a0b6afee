package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

class MapRulesTest {
    private static final Terminology TERMINOLOGY = Terminology.load();

    @Test
    void a_message_that_is_too_wide_is_refused_as_a_whole() throws IOException {
        String text = TestMessages.golden("adt-a01-admit").text() + "ZZZ|" + "~".repeat(50_000) + "\r";
        MappingEngine engine =
                MappingEngine.compile(TERMINOLOGY, new MappingSettings(ZoneId.of("Asia/Shanghai"), List.of()));
        assertThatThrownBy(() -> engine.map(TestMessages.received(text)))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(issue -> issue.code().code())
                        .containsExactly("TM-MAP-0012"));
    }

    @Test
    void an_overlay_adds_and_replaces_rows() throws IOException {
        MappingEngine engine = compile(
                """
                from: PID
                to: Patient
                rows:
                  - {from: PID-8, to: gender, const: other}
                  - {from: ZPV-1, to: "extension[ward].url", const: "urn:x:ward"}
                  - {from: ZPV-1, to: "extension[ward].valueString"}
                """);
        JsonNode patient = patient(engine.map(TestMessages.golden("adt-a01-admit")));
        assertThat(patient.path("gender").asText()).isEqualTo("other");
    }

    @Test
    void a_wrong_map_is_refused_with_every_violation_file_and_line() {
        assertThatThrownBy(
                        () -> compile(
                                """
                        from: PID
                        to: Patient
                        rows:
                          - {from: PID-3, to: nonsense}
                          - {from: PID-5, to: birthDate, each: XPN-HumanName}
                          - {from: PID_7, to: birthDate}
                          - {from: PID-7, to: birthDate, call: no-such}
                          - {from: PID-10, to: gender, code: no-such}
                          - {from: PID-8, to: gender, do: something}
                          - {from: PID-9, to: name, each: No-Map}
                        """))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(Issue::text)
                        .anyMatch(text -> text.startsWith("TM-MAP-0104") && text.contains("test.map.yaml:4"))
                        .anyMatch(text -> text.startsWith("TM-MAP-0105") && text.contains("test.map.yaml:5"))
                        .anyMatch(text -> text.startsWith("TM-MAP-0106") && text.contains("test.map.yaml:6"))
                        .anyMatch(text -> text.startsWith("TM-MAP-0107") && text.contains("test.map.yaml:7"))
                        .anyMatch(text -> text.startsWith("TM-MAP-0108") && text.contains("test.map.yaml:8"))
                        .anyMatch(text -> text.startsWith("TM-MAP-0103") && text.contains("test.map.yaml:9"))
                        .anyMatch(text -> text.startsWith("TM-MAP-0102") && text.contains("test.map.yaml:10")));
    }

    @Test
    void broken_yaml_is_refused_with_its_line() {
        assertThatThrownBy(() -> compile("from: PID\nto: [Patient\nrows: []\n"))
                .hasMessageContaining("TM-MAP-0101")
                .hasMessageContaining("test.map.yaml:");
    }

    @Test
    void a_message_sent_again_makes_the_same_ids() throws IOException {
        MappingEngine engine = MappingEngine.compile(TERMINOLOGY, MappingSettings.defaults());
        CanonicalBundle first = engine.map(TestMessages.golden("oru-r01-20-obx"));
        CanonicalBundle second = engine.map(TestMessages.golden("oru-r01-20-obx"));
        assertThat(second.resources())
                .extracting(CanonicalResource::reference)
                .containsExactlyElementsOf(first.resources().stream()
                        .map(CanonicalResource::reference)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void every_message_map_is_in_the_index_and_every_map_file_is_used() throws IOException {
        Path root = Path.of("hl7v2-to-fhir");
        String index = Files.readString(root.resolve("index.yaml"));
        StringBuilder rows = new StringBuilder(index);
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> maps =
                    files.filter(file -> file.toString().endsWith(".map.yaml")).toList();
            for (Path map : maps) {
                rows.append(Files.readString(map));
            }
            assertThat(maps).allSatisfy(map -> {
                String name = map.getFileName().toString().replace(".map.yaml", "");
                boolean message = map.toString().contains("messages");
                String used = (message ? "\n- " : "each: ") + name;
                assertThat(rows.toString()).containsPattern(used + "\\b|include: \\[([\\w-]+, )*" + name + "[],]");
            });
        }
    }

    private static MappingEngine compile(String overlay) {
        MapSource source = new MapSource("test.map.yaml", overlay);
        return MappingEngine.compile(TERMINOLOGY, new MappingSettings(ZoneId.of("Asia/Shanghai"), List.of(source)));
    }

    private static JsonNode patient(CanonicalBundle bundle) {
        return bundle.resources().get(0).content();
    }
}
