package org.tongmai.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class FhirRefusalIT {
    private static FhirFixture fhir;

    @BeforeAll
    static void start() throws Exception {
        fhir = new FhirFixture();
    }

    @AfterAll
    static void stop() throws Exception {
        fhir.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvFileSource(resources = "/refusals.csv", numLinesToSkip = 1, delimiter = ';')
    void a_refusal_is_an_outcome_with_a_code(String method, String path, int status, String code) throws Exception {
        HttpRequest.BodyPublisher body = method.equals("GET") || method.equals("TRACE")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("{}");
        HttpResponse<String> response =
                fhir.send(fhir.request(path == null ? "" : path).method(method, body));

        assertRefused(response, status, code);
        assertThat(response.body()).doesNotContain("HAPI-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/pdf", "text/turtle"})
    void an_accept_header_without_json_and_xml_is_refused(String accept) throws Exception {
        assertRefused(fhir.send(fhir.request("Patient/pat-1").header("Accept", accept)), 406, "TM-FHIR-0008");
    }

    @Test
    void a_refusal_comes_as_xml_when_asked_for() throws Exception {
        for (String path : new String[] {"Nonsense/1", "Patient/absent"}) {
            HttpResponse<String> response = fhir.send(fhir.request(path).header("Accept", "application/fhir+xml"));

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).startsWith("<OperationOutcome").contains("TM-FHIR-000");
        }
    }

    @Test
    void a_deleted_resource_is_gone() throws Exception {
        fhir.upsert("{\"resourceType\":\"Organization\",\"id\":\"gone-1\",\"name\":\"x\"}");
        fhir.sql("update canonical.resource set deleted = true where id = 'gone-1'");

        assertRefused(fhir.get("Organization/gone-1"), 410, "TM-FHIR-0013");
        assertThat(fhir.ids("Organization?_id=gone-1")).isEmpty();
    }

    @Test
    void a_search_body_that_is_no_form_is_refused_unread() throws Exception {
        String bomb = "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;&b;&b;\">]><Parameters>&c;</Parameters>";
        assertRefused(post("Patient/_search", "application/fhir+xml", bomb), 415, "TM-FHIR-0009");
        String nested = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        assertRefused(post("Patient/_search", "application/fhir+json", nested), 415, "TM-FHIR-0009");
        assertRefused(post("Patient", "application/fhir+json", nested), 405, "TM-FHIR-0007");
        assertRefused(post("Patient", "application/fhir+xml", bomb), 405, "TM-FHIR-0007");
    }

    @Test
    void a_body_over_the_limit_is_refused_also_when_its_length_is_not_told() throws Exception {
        String body = "name=" + "x".repeat(70_000);
        assertRefused(post("Patient/_search", "application/x-www-form-urlencoded", body), 413, "TM-FHIR-0010");
        HttpResponse<String> chunked = fhir.send(fhir.request("Patient/_search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes()))));
        assertRefused(chunked, 413, "TM-FHIR-0010");
    }

    @Test
    void a_search_whose_escapes_are_broken_is_refused_and_not_a_failure_of_ours() throws Exception {
        assertRefused(post("Patient/_search", "application/x-www-form-urlencoded", "name=%zz"), 400, "TM-FHIR-0014");
    }

    @Test
    void a_search_for_too_many_values_is_refused() throws Exception {
        HttpResponse<String> response =
                post("Patient/_search", "application/x-www-form-urlencoded", "name=" + "x,".repeat(300) + "x");

        assertRefused(response, 400, "TM-FHIR-0012");
    }

    @Test
    void a_lost_database_is_a_refusal_to_try_again() throws Exception {
        fhir.sql("alter schema canonical rename to elsewhere");
        try {
            HttpResponse<String> response = fhir.get("Patient/pat-1");
            assertRefused(response, 503, "TM-STORE-0005");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        } finally {
            fhir.sql("alter schema elsewhere rename to canonical");
        }
    }

    @Test
    void neither_logs_nor_refusals_repeat_what_was_searched_for() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        root.addAppender(lines);
        try {
            for (String path : new String[] {
                "Patient?name=SECRET",
                "Patient?birthdate=SECRET",
                "SECRET/1",
                "Patient/SECRET",
                "Patient/SECRET_1",
                "Patient?SECRET=1",
                "Patient?name:SECRET=1",
                "Patient/pat-1?x=SECRET",
                "Patient?_query=SECRET",
                "Patient/pat-1/_history/SECRET",
                "Patient?_include=SECRET",
                "Patient?_sort=SECRET",
                "Patient/pat-1/SECRET"
            }) {
                HttpResponse<String> response = fhir.get(path);
                if (response.statusCode() != 200) {
                    assertThat(response.body()).doesNotContain("SECRET");
                }
            }
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains("SECRET"));
    }

    private static HttpResponse<String> post(String path, String type, String body)
            throws IOException, InterruptedException {
        return fhir.send(
                fhir.request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode outcome = FhirFixture.JSON.readTree(response.body());
        assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(outcome.at("/issue/0/details/coding/0/code").asText()).isEqualTo(code);
        assertThat(outcome.at("/issue/0/severity").asText()).isEqualTo("error");
    }
}
