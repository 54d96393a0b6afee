package org.tongmai.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class FhirReadIT {
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
    void a_read_answers_the_resource_with_its_version_and_time_in_the_headers() throws Exception {
        HttpResponse<String> response = fhir.get("Observation/obs-1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue("W/\"1\"");
        assertThat(response.headers().firstValue("Last-Modified")).isPresent();
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        assertThat(response.body()).contains("\"value\":131.50");
        assertThat(FhirFixture.JSON
                        .readTree(response.body())
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void an_answer_comes_as_xml_when_asked_for() throws Exception {
        HttpResponse<String> response =
                fhir.send(fhir.request("Patient/pat-1").header("Accept", "application/fhir+xml"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("<Patient").contains("张三丰");
        assertThat(fhir.get("Patient?_format=xml").body()).startsWith("<Bundle");
    }

    @Test
    void an_unchanged_resource_is_not_sent_again() throws Exception {
        HttpResponse<String> response = fhir.send(fhir.request("Patient/pat-1").header("If-None-Match", "W/\"1\""));

        assertThat(response.statusCode()).isEqualTo(304);
    }

    @Test
    void versions_are_read_and_listed_newest_first_page_by_page() throws Exception {
        for (String status : List.of("planned", "arrived", "cancelled")) {
            fhir.upsert("{\"resourceType\":\"Encounter\",\"id\":\"versions-1\",\"status\":\"" + status + "\"}");
        }
        assertThat(fhir.json("Encounter/versions-1/_history/2").path("status").asText())
                .isEqualTo("arrived");

        JsonNode first = fhir.json("Encounter/versions-1/_history?_count=2");
        assertThat(first.path("type").asText()).isEqualTo("history");
        assertThat(first.at("/entry/0/resource/status").asText()).isEqualTo("cancelled");
        assertThat(first.at("/entry/0/response/etag").asText()).isEqualTo("W/\"3\"");
        JsonNode second = fhir.json(next(first));
        assertThat(second.path("entry")).hasSize(1);
        assertThat(second.at("/entry/0/resource/meta/versionId").asText()).isEqualTo("1");
        assertThat(next(second)).isNull();
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvFileSource(resources = "/searches.csv", numLinesToSkip = 1, delimiter = ';')
    void a_search_finds(String search, String expected) throws Exception {
        List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(fhir.ids(search)).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void a_search_by_post_is_the_same_as_by_get() throws Exception {
        HttpResponse<String> response = fhir.send(fhir.request("Patient/_search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "name=%E5%BC%A0%E4%B8%89%E4%B8%B0&_total=accurate")));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode bundle = FhirFixture.JSON.readTree(response.body());
        assertThat(bundle.path("total").asInt()).isEqualTo(1);
        assertThat(bundle.at("/entry/0/resource/id").asText()).isEqualTo("pat-1");
    }

    @ParameterizedTest
    @CsvSource({"99999999, 200", "999999999999999999, 200", "200, 200", "3, 3"})
    void a_page_is_at_most_as_large_as_the_endpoint_allows_and_no_total_is_made_up(String asked, String applied)
            throws Exception {
        for (String path : new String[] {"Patient?_count=", "Patient/pat-1/_history?_count="}) {
            JsonNode bundle = fhir.json(path + asked);
            assertThat(bundle.has("total")).as(path).isFalse();
            assertThat(bundle.at("/link/0/url").asText()).endsWith("_count=" + applied);
        }
        assertThat(fhir.json("Patient?_total=accurate&_count=" + asked)
                        .path("total")
                        .asInt())
                .isEqualTo(fhir.json("Patient?_summary=count").path("total").asInt());
    }

    @Test
    void a_count_alone_has_no_entries() throws Exception {
        JsonNode bundle = fhir.json("Encounter?patient=pat-1&_summary=count");

        assertThat(bundle.path("total").asInt()).isEqualTo(2);
        assertThat(bundle.has("entry")).isFalse();
    }

    @Test
    void includes_are_marked_and_come_once() throws Exception {
        JsonNode bundle = fhir.json("Encounter?patient=pat-1&_include=Encounter:subject&_include=Encounter:location");

        assertThat(bundle.path("entry").findValuesAsText("mode"))
                .containsExactly("match", "match", "include", "include");
        assertThat(bundle.path("entry").findValuesAsText("fullUrl"))
                .contains(fhir.base + "/Patient/pat-1", fhir.base + "/Location/loc-1");
    }

    @Test
    void paging_meets_every_resource_once_while_others_write() throws Exception {
        for (int i = 0; i < 25; i++) {
            fhir.upsert(task(i, "a"));
        }
        List<String> met = new ArrayList<>();
        String page = "Specimen?type=page-test&_count=7";
        int writes = 0;
        while (page != null) {
            JsonNode bundle = fhir.json(page);
            met.addAll(bundle.path("entry").findValuesAsText("fullUrl"));
            fhir.upsert(task(writes, "changed"), task(100 + writes, "new"));
            writes++;
            page = next(bundle);
        }

        assertThat(met).doesNotHaveDuplicates().hasSize(25);
    }

    @Test
    void results_are_sorted_by_last_change_when_asked_for() throws Exception {
        fhir.upsert("{\"resourceType\":\"Organization\",\"id\":\"sort-1\",\"name\":\"排序一\"}");
        fhir.upsert("{\"resourceType\":\"Organization\",\"id\":\"sort-2\",\"name\":\"排序二\"}");
        fhir.upsert("{\"resourceType\":\"Organization\",\"id\":\"sort-1\",\"name\":\"排序一改\"}");

        assertThat(fhir.ids("Organization?name=排序&_sort=-_lastUpdated".replace("排序", "%E6%8E%92%E5%BA%8F")))
                .containsExactly("sort-1", "sort-2");
        JsonNode first = fhir.json("Organization?name=%E6%8E%92%E5%BA%8F&_sort=_lastUpdated&_count=1");
        assertThat(first.at("/entry/0/resource/id").asText()).isEqualTo("sort-2");
        assertThat(fhir.ids(next(first))).containsExactly("sort-1");
    }

    @Test
    void everything_holds_the_patient_what_refers_to_the_patient_and_who_took_part() throws Exception {
        assertThat(fhir.ids("Patient/pat-1/$everything"))
                .containsExactlyInAnyOrder(
                        "pat-1", "enc-1", "enc-2", "obs-1", "rep-1", "con-1", "acc-1", "doc-1", "loc-1", "org-1");
        Set<String> met = new HashSet<>();
        String page = "Patient/pat-1/$everything?_count=2";
        while (page != null) {
            met.addAll(fhir.ids(page));
            page = next(fhir.json(page));
        }
        assertThat(met).hasSize(10);
    }

    @Test
    void the_capability_statement_declares_what_the_table_says() throws Exception {
        JsonNode statement = fhir.json("metadata");

        assertThat(statement.path("fhirVersion").asText()).isEqualTo("4.0.1");
        JsonNode patient = null;
        for (JsonNode resource : statement.at("/rest/0/resource")) {
            patient = resource.path("type").asText().equals("Patient") ? resource : patient;
        }
        assertThat(patient.path("searchParam").findValuesAsText("name"))
                .contains("_id", "_lastUpdated", "identifier", "name", "birthdate");
        assertThat(patient.path("interaction").findValuesAsText("code"))
                .containsExactly("read", "vread", "history-instance", "search-type");
    }

    @Test
    void an_unknown_parameter_is_left_out_and_named_when_the_client_is_lenient() throws Exception {
        HttpResponse<String> response =
                fhir.send(fhir.request("Patient?_id=pat-1&shoe-size=44").header("Prefer", "handling=lenient"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode bundle = FhirFixture.JSON.readTree(response.body());
        assertThat(bundle.path("entry").findValuesAsText("mode")).containsExactly("match", "outcome");
        assertThat(bundle.at("/link/0/url").asText()).doesNotContain("shoe-size");
    }

    private static String task(int number, String note) {
        return "{\"resourceType\":\"Specimen\",\"id\":\"page-" + number
                + "\",\"type\":{\"coding\":[{\"code\":\"page-test\"}]},"
                + "\"note\":[{\"text\":\"" + note + "\"}]}";
    }

    private static String next(JsonNode bundle) throws IOException, SQLException {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        return null;
    }
}
