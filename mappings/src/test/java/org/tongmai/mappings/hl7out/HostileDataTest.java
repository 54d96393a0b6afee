package org.tongmai.mappings.hl7out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** Data nobody would send on purpose become a message or a coded refusal, in bounded time. */
class HostileDataTest {
    private static final Hl7Order ORDER = new Hl7Order("", StandardCharsets.UTF_8, "1", Instant.EPOCH);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static Hl7OutMappings out;

    @BeforeAll
    static void compile() {
        MappingSettings defaults = MappingSettings.defaults();
        out = Hl7OutMappings.compile(
                Terminology.load(), new MappingSettings(defaults.zone(), defaults.overlays(), Extent.WHOLE));
    }

    @Test
    void an_admission_of_nobody_is_refused() {
        assertThatThrownBy(() -> write(List.of(resource("Encounter", "e")), "ADT^A01"))
                .hasMessageContaining("TM-MAP-0003");
    }

    @Test
    void a_patient_without_a_number_or_a_name_is_refused_with_both_fields() {
        ObjectNode patient = resource("Patient", "p").put("gender", "male");
        for (String event : List.of("ADT^A01", "ORU^R01", "SIU^S12", "VXU^V04", "OML^O21", "MDM^T02")) {
            CodedException refused = catchThrowableOfType(CodedException.class, () -> write(List.of(patient), event));
            assertThat(refused.issues())
                    .as(event)
                    .filteredOn(issue -> issue.severity().refuses())
                    .extracting(Issue::location)
                    .contains("PID-3", "PID-5");
        }
    }

    @Test
    void references_in_a_circle_end() {
        ObjectNode patient = patient();
        ObjectNode one = resource("Location", "one").put("name", "一号楼");
        ObjectNode two = resource("Location", "two").put("name", "二号楼");
        one.putObject("partOf").put("reference", "Location/two");
        two.putObject("partOf").put("reference", "Location/one");
        ObjectNode visit = resource("Encounter", "e").put("status", "in-progress");
        visit.putObject("subject").put("reference", "Patient/p");
        visit.putObject("partOf").put("reference", "Encounter/e");
        visit.putArray("location").addObject().putObject("location").put("reference", "Location/one");
        patient.putArray("link").addObject().putObject("other").put("reference", "Patient/p");
        assertThat(write(List.of(patient, visit, one, two), "ADT^A01").text()).contains("\rPID|1||123");
    }

    @Test
    void values_of_the_wrong_kind_become_a_message_or_a_coded_refusal() throws IOException {
        Random random = new Random(7);
        for (String name : List.of("patient-and-visit", "report", "order", "appointment", "document", "vaccination")) {
            byte[] bundle = Files.readAllBytes(Path.of("fhir-to-hl7v2", "golden", name + ".bundle.json"));
            for (int round = 0; round < 40; round++) {
                List<ObjectNode> resources = Hl7OutMappings.read(bundle);
                resources.forEach(each -> spoil(each, random));
                assertThatCode(() -> tolerantly(resources)).as(name).doesNotThrowAnyException();
            }
        }
    }

    private static void tolerantly(List<ObjectNode> resources) {
        for (String version : List.of("2.5.1", "2.9")) {
            try {
                out.write(resources, ORDER.in(version));
            } catch (CodedException refused) {
                assertThat(refused.issues()).isNotEmpty();
            }
        }
    }

    /** Puts something else in the place of a value now and then. */
    private static void spoil(ObjectNode node, Random random) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (name.equals("resourceType")) {
                continue;
            }
            switch (random.nextInt(12)) {
                case 0 -> node.put(name, 12.5);
                case 1 -> node.put(name, "x".repeat(5_000));
                case 2 -> node.putObject(name).putArray("coding").add("text").addNull();
                case 3 -> node.putArray(name).addNull().add(true).addObject().put("reference", "#nowhere");
                case 4 -> node.putNull(name);
                case 5 -> node.put(name, "%%%=not base64 ~^&|\\\r\n" + " ".repeat(2_000));
                default -> descend(node, name, random);
            }
        }
    }

    private static void descend(ObjectNode node, String name, Random random) {
        if (node.get(name) instanceof ObjectNode child) {
            spoil(child, random);
        } else if (node.get(name) instanceof ArrayNode list) {
            list.forEach(each -> {
                if (each instanceof ObjectNode child) {
                    spoil(child, random);
                }
            });
        }
    }

    @Test
    void separators_in_a_value_never_become_segments_or_fields() {
        ObjectNode patient = patient();
        patient.withArray("name").addObject().put("family", "王\rZZZ|1|^~\\&\nMSH|");
        assertThat(write(List.of(patient), "ADT^A31").text().split("\r")).noneMatch(line -> line.startsWith("ZZZ"));
    }

    @Test
    void a_long_report_is_written_and_a_registry_is_refused() {
        List<ObjectNode> resources = new ArrayList<>(List.of(patient()));
        ObjectNode report = resource("DiagnosticReport", "r").put("status", "final");
        report.putObject("code").put("text", "血常规");
        report.putObject("subject").put("reference", "Patient/p");
        ArrayNode results = report.putArray("result");
        resources.add(report);
        for (int i = 0; i < 3_000; i++) {
            ObjectNode observation = resource("Observation", "o" + i).put("status", "final");
            observation.putObject("code").put("text", "项目" + i);
            observation.put("valueString", "阴性");
            results.addObject().put("reference", "Observation/o" + i);
            resources.add(observation);
        }
        assertThat(write(resources, "ORU^R01").text().split("\rOBX\\|")).hasSize(3_001);
        while (resources.size() <= 20_000) {
            resources.add(resource("Observation", "more" + resources.size()));
        }
        assertThatThrownBy(() -> write(resources, "ORU^R01")).hasMessageContaining("TM-MAP-0012");
    }

    @Test
    void json_that_is_too_deep_is_refused() throws IOException {
        ObjectNode patient = patient();
        ObjectNode deep = patient;
        for (int i = 0; i < 200; i++) {
            deep = deep.putObject("extension");
        }
        byte[] json = new ObjectMapper().writeValueAsBytes(patient);
        assertThatThrownBy(() -> Hl7OutMappings.read(json)).hasMessageContaining("TM-MAP-0016");
    }

    private static Hl7Output write(List<ObjectNode> resources, String event) {
        return out.write(resources, ORDER.as(event));
    }

    private static ObjectNode patient() {
        ObjectNode patient = resource("Patient", "p");
        patient.putArray("identifier").addObject().put("value", "123");
        patient.putArray("name").addObject().put("family", "欧阳");
        return patient;
    }

    private static ObjectNode resource(String type, String id) {
        return NODES.objectNode().put("resourceType", type).put("id", id);
    }
}
