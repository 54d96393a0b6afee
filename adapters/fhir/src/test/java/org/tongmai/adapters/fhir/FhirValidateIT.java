package org.tongmai.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FhirValidateIT {
    private static final String GOOD =
            """
            {"resourceType":"Patient","identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"310101199003071230"}]}
            """;
    private static final String BAD = GOOD.replace("071230", "071233");
    private static FhirFixture fhir;

    @BeforeAll
    static void start() throws Exception {
        fhir = new FhirFixture();
    }

    @AfterAll
    static void stop() throws Exception {
        fhir.close();
    }

    @Test
    void a_good_resource_has_no_error() throws Exception {
        JsonNode outcome = outcome(post("Patient/$validate", GOOD));
        assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(outcome.findValuesAsText("severity")).isNotEmpty().doesNotContain("error", "fatal");
    }

    @Test
    void a_wrong_number_is_an_error_with_its_place() throws Exception {
        JsonNode outcome = outcome(post("Patient/$validate", BAD));
        assertThat(outcome.findValuesAsText("code")).contains("TM-IDENT-0003");
        assertThat(outcome.toString()).contains("Patient.identifier[0].value").doesNotContain("310101");
    }

    @Test
    void parameters_name_the_resource_and_the_profile() throws Exception {
        String parameters = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"profile\",\"valueUri\":"
                + "\"http://hl7.org/fhir/StructureDefinition/Patient\"},{\"name\":\"resource\",\"resource\":%s}]}";
        String nameless = "{\"resourceType\":\"Patient\"}";
        assertThat(errors(post("Patient/$validate", parameters.formatted(nameless))))
                .isZero();
        assertThat(errors(post("Patient/$validate", nameless))).isPositive();
        assertThat(errors(post("Patient/$validate", parameters.formatted(BAD)))).isPositive();
    }

    @Test
    void the_profile_in_the_address_counts() throws Exception {
        String url = "Patient/$validate?profile=http://hl7.org/fhir/StructureDefinition/Patient";
        assertThat(errors(post(url, "{\"resourceType\":\"Patient\"}"))).isZero();
        assertRefused(post("Patient/$validate?profile=http://nobody.example/x", GOOD), 404, "TM-VALID-0004");
    }

    @Test
    void a_stored_resource_is_judged_by_its_id() throws Exception {
        assertThat(outcome(fhir.get("Patient/pat-1/$validate")).path("issue")).isNotEmpty();
        assertThat(outcome(post("Patient/pat-1/$validate", "")).path("issue")).isNotEmpty();
        assertRefused(fhir.get("Patient/absent/$validate"), 404, "TM-FHIR-0002");
    }

    @Test
    void xml_is_taken_and_answered() throws Exception {
        HttpResponse<String> response = fhir.send(fhir.request("Patient/$validate")
                .header("Content-Type", "application/fhir+xml")
                .header("Accept", "application/fhir+xml")
                .POST(BodyPublishers.ofString(
                        "<Patient xmlns=\"http://hl7.org/fhir\"><nonsense value=\"1\"/></Patient>")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("<OperationOutcome").contains("error");
    }

    @Test
    void what_can_not_be_judged_is_refused_with_a_code() throws Exception {
        assertRefused(post("Patient/$validate", "{\"resourceType\":\"Group\"}"), 400, "TM-FHIR-0014");
        assertRefused(post("Nonsense/$validate", GOOD), 404, "TM-FHIR-0001");
        assertRefused(post("Patient/$validate?gender=male", GOOD), 400, "TM-FHIR-0005");
        assertRefused(post("Patient/$validate", ""), 400, "TM-FHIR-0014");
        assertRefused(
                fhir.send(fhir.request("Patient/$validate").PUT(BodyPublishers.ofString(GOOD))), 405, "TM-FHIR-0007");
        HttpRequest.Builder text = fhir.request("Patient/$validate").header("Content-Type", "text/plain");
        assertRefused(fhir.send(text.POST(BodyPublishers.ofString(GOOD))), 415, "TM-FHIR-0009");
    }

    @Test
    void bombs_are_refused() throws Exception {
        assertRefused(post("Patient/$validate", "[".repeat(200_000)), 422, "TM-VALID-0002");
        tooLarge(() -> post("Patient/$validate", " ".repeat((2 << 20) + 1)));
        byte[] chunked = new byte[(2 << 20) + 1];
        tooLarge(() -> fhir.send(fhir.request("Patient/$validate")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(chunked)))));
        String lol = "<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Patient>&b;</Patient>";
        HttpRequest.Builder xml = fhir.request("Patient/$validate").header("Content-Type", "application/fhir+xml");
        assertRefused(fhir.send(xml.POST(BodyPublishers.ofString(lol))), 400, "TM-VALID-0003");
    }

    /** The connection closes while the rest is still being sent, which may cost its sender the answer: then it asks again. */
    private static void tooLarge(Callable<HttpResponse<String>> sent) {
        await().ignoreException(IOException.class).untilAsserted(() -> assertRefused(sent.call(), 413, "TM-FHIR-0010"));
    }

    @Test
    void metadata_says_so() throws Exception {
        JsonNode patient = null;
        for (JsonNode resource : fhir.json("metadata").path("rest").path(0).path("resource")) {
            patient = resource.path("type").asText().equals("Patient") ? resource : patient;
        }
        assertThat(patient.path("profile").asText()).isEqualTo("https://tongmai.org/fhir/StructureDefinition/patient");
        assertThat(patient.path("operation").findValuesAsText("name")).contains("validate");
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return fhir.send(fhir.request(path.replace("$", "%24"))
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode outcome(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return FhirFixture.JSON.readTree(response.body());
    }

    private static long errors(HttpResponse<String> response) throws Exception {
        return outcome(response).findValuesAsText("severity").stream()
                .filter(severity -> severity.equals("error") || severity.equals("fatal"))
                .count();
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(FhirFixture.JSON.readTree(response.body()).findValuesAsText("code"))
                .contains(code);
    }
}
