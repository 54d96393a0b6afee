package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** What single verbs and named functions do, on golden messages changed in one place. */
class MapVerbsTest {
    private static final MappingEngine ENGINE = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "20,MIN,2026-11-25T09:50:00+08:00",
        "20,'',2026-11-25T09:50:00+08:00",
        "2,h,2026-11-25T11:30:00+08:00",
        "1,天,2026-11-26T09:30:00+08:00",
        "90,s,2026-11-25T09:31:30+08:00",
        "1,fortnight,''",
        "soon,MIN,''"
    })
    void a_duration_gives_the_end_where_its_unit_is_known(String amount, String unit, String end) throws IOException {
        String text = TestMessages.golden("siu-s12-by-tq1").text() + "AIG|1|A|CT-2|DEV||||20261125093000|||" + amount
                + "|" + unit + "\r";
        JsonNode appointment = only("Appointment", ENGINE.map(TestMessages.received(text)));
        JsonNode last = appointment
                .path("participant")
                .get(appointment.path("participant").size() - 1);
        assertThat(last.path("period").path("end").asText()).isEqualTo(end);
    }

    @Test
    void an_address_beside_a_telephone_number_and_one_in_its_place_are_kept() throws IOException {
        String text = TestMessages.golden("adt-a01-admit")
                .text()
                .replace("^PRN^CP^^^^13800138000", "64370045^PRN^^a@example.cn~b@example.cn^NET^Internet");
        JsonNode telecom =
                only("Patient", ENGINE.map(TestMessages.received(text))).path("telecom");
        assertThat(telecom)
                .extracting(each ->
                        each.path("system").asText() + " " + each.path("value").asText())
                .contains("phone 64370045", "email a@example.cn", "email b@example.cn");
    }

    @Test
    void segments_that_say_one_dosage_write_into_one_entry() throws IOException {
        CanonicalBundle bundle = ENGINE.map(TestMessages.golden("omp-o09-prescription"));
        JsonNode dosages = contents("MedicationRequest", bundle).get(0).path("dosageInstruction");
        assertThat(dosages).hasSize(1);
        assertThat(dosages.get(0).has("route")).as("of RXR").isTrue();
        assertThat(dosages.get(0).has("timing")).as("of TQ1").isTrue();
        assertThat(dosages.get(0).path("doseAndRate")).as("of RXO").hasSize(1);
    }

    @Test
    void a_route_belongs_to_what_stands_before_it() throws IOException {
        String order = TestMessages.golden("rds-o13-dispense").text();
        CanonicalBundle bundle = ENGINE.map(TestMessages.received(order.replace("RXR|PO\r", "RXR|IM\r")));
        JsonNode request = contents("MedicationRequest", bundle).get(0);
        JsonNode dispense = contents("MedicationDispense", bundle).get(0);
        assertThat(route(request)).isEqualTo("IM");
        assertThat(route(dispense)).isEqualTo("PO");
    }

    @Test
    void the_lines_of_a_document_become_one_text() throws IOException {
        JsonNode document = only("DocumentReference", ENGINE.map(TestMessages.golden("mdm-t02-document")));
        List<String> types = document.path("content").findValuesAsText("contentType");
        assertThat(types)
                .filteredOn("text/plain"::equals)
                .as("the text and two comments")
                .hasSize(3);
        byte[] data = Base64.getDecoder()
                .decode(document.at("/content/0/attachment/data").asText());
        assertThat(new String(data, StandardCharsets.UTF_8)).isEqualTo("反复咳嗽1周\n患者1周前受凉后出现咳嗽\n伴发热");
    }

    @Test
    void a_number_that_every_refusal_has_does_not_mix_patients() throws IOException {
        String text = TestMessages.golden("vxu-v04-vaccination").text();
        CanonicalBundle one = ENGINE.map(TestMessages.received(text));
        CanonicalBundle other = ENGINE.map(TestMessages.received(text.replace("0000123456", "0000654321")));
        assertThat(references("Immunization", one)).doesNotContainAnyElementsOf(references("Immunization", other));
    }

    @Test
    void what_stands_outside_the_patients_group_is_about_the_only_patient_and_about_nobody_of_several()
            throws IOException {
        String text = TestMessages.golden("siu-s12-book").text();
        JsonNode order = contents("ServiceRequest", ENGINE.map(TestMessages.received(text)))
                .get(0);
        assertThat(order.at("/subject/reference").asText()).startsWith("Patient/");
        String group = text.replace("RGS|1", "PID|2||0000654321^^^RJYY^MR||李^雷\rRGS|1");
        JsonNode nobodys = contents("ServiceRequest", ENGINE.map(TestMessages.received(group)))
                .get(0);
        assertThat(nobodys.has("subject")).isFalse();
    }

    @Test
    void who_pays_is_not_mixed_with_the_next_of_kin() throws IOException {
        List<JsonNode> related = contents("RelatedPerson", ENGINE.map(TestMessages.golden("bar-p01-account")));
        assertThat(related).extracting(person -> person.path("name").size()).containsOnly(1);
        assertThat(related).extracting(person -> person.path("id").asText()).doesNotHaveDuplicates();
    }

    @Test
    void staff_of_a_master_file_is_who_other_messages_name() throws IOException {
        List<String> staff = references("Practitioner", ENGINE.map(TestMessages.golden("pmu-b01-staff")));
        assertThat(references("Practitioner", ENGINE.map(TestMessages.golden("adt-a01-admit"))))
                .containsAnyElementsOf(staff);
    }

    @Test
    void a_coded_field_keeps_every_name_the_sender_gives_it() throws IOException {
        String text = TestMessages.golden("adt-a01-admit").text();
        String named = text.replaceFirst("(PID(\\|[^|\r\n]*){15}\\|)[^|\r\n]*", "$1M^^HL70002^2^已婚^L^^^^^登记结婚^L");
        JsonNode patient = only("Patient", ENGINE.map(TestMessages.received(named)));
        JsonNode codings = patient.path("maritalStatus").path("coding");
        assertThat(codings).hasSize(3);
        assertThat(codings.get(0).path("code").asText()).isEqualTo("M");
        assertThat(codings.get(1).path("code").asText()).isEqualTo("2");
        assertThat(codings.get(2).path("display").asText()).isEqualTo("登记结婚");
        assertThat(codings.get(2).has("code")).isFalse();
    }

    @Test
    void what_is_wrong_with_a_person_is_told_at_every_place_that_names_him() throws IOException {
        String text = TestMessages.golden("oru-r01-20-obx").text().replace("LAB01^钱^乙", "LAB01^钱^乙^^^^^^^?");
        CanonicalBundle bundle = ENGINE.map(TestMessages.received(text));
        assertThat(bundle.issues()).extracting(Issue::location).contains("OBX-16.10", "OBX[2]-16.10", "OBX[20]-16.10");
    }

    private static String route(JsonNode resource) {
        return resource.at("/dosageInstruction/0/route/coding/0/code").asText();
    }

    private static JsonNode only(String type, CanonicalBundle bundle) {
        List<JsonNode> contents = contents(type, bundle);
        assertThat(contents).hasSize(1);
        return contents.get(0);
    }

    private static List<JsonNode> contents(String type, CanonicalBundle bundle) {
        return bundle.resources().stream()
                .filter(resource -> resource.type().equals(type))
                .<JsonNode>map(CanonicalResource::content)
                .toList();
    }

    private static List<String> references(String type, CanonicalBundle bundle) {
        return bundle.resources().stream()
                .filter(resource -> resource.type().equals(type))
                .map(CanonicalResource::reference)
                .toList();
    }
}
