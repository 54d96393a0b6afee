package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

class LineageTest {
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
        names.removeIf(name -> name.startsWith("refused-"));
        return names;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void every_element_can_be_asked_where_it_came_from(String name) throws IOException {
        ReceivedMessage message = TestMessages.golden(name);
        MappingEngine.Explanation explained = explain(name, message);
        for (CanonicalResource resource : explained.bundle().resources()) {
            for (String element : leaves(resource.content(), resource.reference())) {
                assertThat(explained.of(element)).as(element).isNotEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void what_was_read_stands_at_its_offset(String name) throws IOException {
        ReceivedMessage message = TestMessages.golden(name);
        assertThat(explain(name, message).lineage()).allSatisfy(entry -> {
            assertThat(entry.file()).endsWith(".map.yaml");
            assertThat(entry.line()).isPositive();
            if (entry.offset() >= 0) {
                assertThat(message.text().startsWith(entry.before(), entry.offset()))
                        .as(entry.toString())
                        .isTrue();
            }
        });
    }

    @Test
    void an_element_names_field_row_table_and_both_values() throws IOException {
        ReceivedMessage message = TestMessages.golden("adt-a01-admit");
        MappingEngine.Explanation explained = ENGINES.get(Extent.STORED).explain(message);
        assertThat(explained.of("Patient.gender")).singleElement().satisfies(entry -> {
            assertThat(entry.resource()).startsWith("Patient/");
            assertThat(entry.element()).isEqualTo("gender");
            assertThat(entry.source()).isEqualTo("PID-8");
            assertThat(entry.before()).isEqualTo("M");
            assertThat(entry.after()).isEqualTo("\"male\"");
            assertThat(entry.table()).isEqualTo("hl7-0001-to-administrative-gender");
            assertThat(entry.file()).endsWith("segments/PID-Patient.map.yaml");
        });
        assertThat(explained.of("Patient.identifier[1].value")).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo("PID-3[2].1");
            assertThat(entry.file()).endsWith("datatypes/CX-Identifier.map.yaml");
        });
        assertThat(explained.of("Patient.id")).singleElement().satisfies(entry -> assertThat(entry.source())
                .isEqualTo("PID-3"));
        // what a table made is one element of the lineage, also for what is in it
        assertThat(explained.of("Encounter.class.code")).isNotEmpty().allSatisfy(entry -> assertThat(entry.source())
                .isEqualTo("PV1-2"));
        assertThat(explained.of("Patient.photo")).isEmpty();
        assertThat(explained.of("Encounter.participant[0].type[0].coding[0].code"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.source()).isEqualTo("PV1-7");
                    assertThat(entry.file()).endsWith("segments/PV1-Encounter-Participant.map.yaml");
                });
    }

    private static MappingEngine.Explanation explain(String name, ReceivedMessage message) {
        return ENGINES.get(name.startsWith("whole/") ? Extent.WHOLE : Extent.STORED)
                .explain(message);
    }

    private static List<String> leaves(JsonNode node, String path) {
        List<String> leaves = new ArrayList<>();
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> {
                if (!field.getKey().equals("resourceType")) {
                    leaves.addAll(leaves(field.getValue(), path + "." + field.getKey()));
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves.addAll(leaves(node.get(i), path + "[" + i + "]"));
            }
        } else {
            leaves.add(path);
        }
        return leaves;
    }
}
