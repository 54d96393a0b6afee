package org.tongmai.console.server.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Lineage;
import org.tongmai.standards.terminology.Terminology;

class ConvertersTest {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Terminology TABLES = Terminology.load();

    private final Converters converters = new Converters(() -> TABLES);

    @Test
    void a_message_becomes_a_message_bundle_that_begins_with_its_header() throws IOException {
        Conversion conversion = converters.convert("hl7v2-to-fhir", admit().getBytes(GB18030), Map.of());
        JsonNode bundle = conversion.result();
        assertThat(bundle.path("type").textValue()).isEqualTo("message");
        assertThat(bundle.at("/entry/0/resource/resourceType").textValue()).isEqualTo("MessageHeader");
        assertThat(bundle.path("entry").findValuesAsText("resourceType"))
                .contains("Patient", "Encounter")
                .doesNotContain("Bundle");
        assertThat(bundle.toString()).contains("欧阳");
        assertThat(conversion.lineage()).isNull();
        assertThat(conversion.issues()).anyMatch(issue -> issue.location().equals("ZPI"));
    }

    @Test
    void lineage_comes_on_request_for_all_elements_or_for_one() throws IOException {
        byte[] body = admit().getBytes(GB18030);
        assertThat(converters
                        .convert("hl7v2-to-fhir", body, Map.of("lineage", "true"))
                        .lineage())
                .hasSizeGreaterThan(50);
        assertThat(converters
                        .convert("hl7v2-to-fhir", body, Map.of("lineage", "true", "element", "Patient.birthDate"))
                        .lineage())
                .singleElement()
                .satisfies(entry -> assertThat(entry.source()).isEqualTo("PID-7"));
    }

    @Test
    void a_bundle_becomes_the_message_it_came_from() throws IOException {
        Conversion there = converters.convert("hl7v2-to-fhir", admit().getBytes(GB18030), Map.of());
        byte[] bundle = there.result().toString().getBytes(StandardCharsets.UTF_8);
        String back =
                converters.convert("fhir-to-hl7v2", bundle, Map.of()).result().textValue();
        assertThat(back)
                .startsWith(
                        "MSH|^~\\&|HIS|FIRST-HOSPITAL|TONGMAI|DISTRICT|20261120081500+0800||ADT^A01^ADT_A01|A000120|P|2.5.1")
                .contains(
                        "UNICODE UTF-8",
                        "\rPID|1||310101199003070017^^^MR-FIRST^MR||欧阳^试样||19900307|F",
                        "\rPV1|1|I|W3^301^02");
        String other = converters
                .convert("fhir-to-hl7v2", bundle, Map.of("event", "ADT^A08", "charset", "GB18030"))
                .result()
                .textValue();
        assertThat(other).contains("ADT^A08^ADT_A01", "GB 18030-2000");
        assertThat(converters
                        .convert("fhir-to-hl7v2", bundle, Map.of("version", "2.9"))
                        .result()
                        .textValue())
                .contains("|P|2.9|");
        assertThatThrownBy(() -> converters.convert("fhir-to-hl7v2", bundle, Map.of("version", "3.0")))
                .hasMessageContaining("TM-MAP-0017");
        assertThatThrownBy(() -> converters.convert("fhir-to-hl7v2", bundle, Map.of("charset", "KLINGON")))
                .hasMessageContaining("TM-CONSOLE-0004");
    }

    @Test
    void more_origins_than_one_answer_tells_are_cut_and_an_issue_says_so() throws IOException {
        String homes = "~".repeat(Lineage.MOST).replace("~", "5550001~") + "5550001";
        // Its PID ends with PID-11.
        String text = admit().replaceFirst("\rPID[^\r]*", "$0||" + homes);
        Conversion conversion = converters.convert("hl7v2-to-fhir", text.getBytes(GB18030), Map.of("lineage", "true"));

        assertThat(conversion.result().findValue("telecom")).hasSizeGreaterThan(Lineage.MOST);
        assertThat(conversion.lineage()).hasSize(Lineage.MOST);
        assertThat(conversion.issues())
                .anyMatch(issue -> issue.code().equals("TM-CONSOLE-0034")
                        && issue.location().equals("element"));
    }

    @Test
    void other_tables_are_followed_without_a_restart() throws IOException {
        Terminology[] inForce = {TABLES};
        Converters following = new Converters(() -> inForce[0]);
        byte[] body = admit().getBytes(GB18030);
        assertThat(following.convert("hl7v2-to-fhir", body, Map.of()).result().toString())
                .contains("\"gender\":\"female\"");
        inForce[0] = Terminology.loadWith(java.util.List.of(Map.of(
                "concept-maps/hl7-0001-to-administrative-gender.csv",
                "source_code,target_system,target_code,target_display,comment\nF,,other,,\n")));
        assertThat(following.convert("hl7v2-to-fhir", body, Map.of()).result().toString())
                .contains("\"gender\":\"other\"");
    }

    @Test
    void what_is_no_message_or_no_conversion_is_refused_with_a_code() {
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> converters.convert("hl7v2-to-fhir", garbage, Map.of()))
                .hasMessageContaining("TM-HL7-0001");
        assertThatThrownBy(() -> converters.convert("a-to-b", garbage, Map.of()))
                .hasMessageContaining("TM-CONSOLE-0031");
    }

    private static String admit() throws IOException {
        try (InputStream in = ConvertersTest.class.getResourceAsStream("/samples/admit.hl7")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().replace("\n", "\r");
        }
    }
}
