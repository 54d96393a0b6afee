package org.tongmai.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One person with Patients of two hospitals, asked for by FHIR. */
class FhirPersonIT {
    private static final String PERSON = "\"name\":[{\"family\":\"赵\",\"given\":[\"敏\"]}],\"gender\":\"female\","
            + "\"birthDate\":\"1991-02-03\",\"telecom\":[{\"system\":\"phone\",\"value\":\"13712345678\"}]";

    private static FhirFixture fhir;

    @BeforeAll
    static void start() throws Exception {
        fhir = new FhirFixture();
        fhir.upsert(
                patient("east", "urn:x:east", PERSON),
                patient("west", "urn:x:west", PERSON.replace("赵", "趙")),
                patient("alike", "urn:x:west", PERSON.replace("敏", "闽")),
                encounter("enc-east", "east"),
                encounter("enc-west", "west"),
                "{\"resourceType\":\"Observation\",\"id\":\"obs-west\",\"status\":\"final\","
                        + "\"code\":{\"coding\":[{\"code\":\"X\"}]},\"subject\":{\"reference\":\"Patient/west\"}}");
        fhir.index("east", "west", "alike", "pat-1");
    }

    @AfterAll
    static void stop() throws Exception {
        fhir.close();
    }

    @Test
    void everything_of_one_patient_is_everything_of_the_person() throws Exception {
        String person = fhir.persons.find("east").orElseThrow().id();
        for (String asked : List.of("east", "west", person)) {
            assertThat(fhir.ids("Patient/" + asked + "/$everything"))
                    .as("of " + asked)
                    .startsWith(person)
                    .containsExactlyInAnyOrder(person, "east", "west", "enc-east", "enc-west", "obs-west");
        }
    }

    @Test
    void the_person_is_shown_when_asked_for_and_left_out_when_it_has_one_record() throws Exception {
        String person = fhir.persons.find("alike").orElseThrow().id();

        assertThat(fhir.ids("Patient/alike/$everything")).containsExactly("alike");
        assertThat(fhir.ids("Patient/" + person + "/$everything")).containsExactly(person, "alike");
    }

    @Test
    void pages_of_everything_meet_every_resource_once() throws Exception {
        List<String> met = new ArrayList<>();
        String page = "Patient/west/$everything?_count=1";
        while (page != null) {
            met.addAll(fhir.ids(page));
            JsonNode bundle = fhir.json(page);
            page = null;
            for (JsonNode link : bundle.path("link")) {
                page = link.path("relation").asText().equals("next")
                        ? link.path("url").asText()
                        : page;
            }
        }
        assertThat(met).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void everything_is_narrowed_by_type_and_time() throws Exception {
        assertThat(fhir.ids("Patient/east/$everything?_type=Encounter"))
                .containsExactlyInAnyOrder("enc-east", "enc-west");
        assertThat(fhir.ids("Patient/east/$everything?_type=Observation,Encounter"))
                .containsExactlyInAnyOrder("enc-east", "enc-west", "obs-west");
        assertThat(fhir.ids("Patient/east/$everything?_since=2099-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(fhir.ids("Patient/east/$everything?_since=2020-01-01T00:00:00%2B08:00"))
                .hasSize(6);
    }

    @Test
    void a_person_reads_as_a_patient_that_links_to_the_persons_records() throws Exception {
        JsonNode person =
                fhir.json("Patient/" + fhir.persons.find("west").orElseThrow().id());

        assertThat(person.path("link").findValuesAsText("reference"))
                .containsExactlyInAnyOrder("Patient/east", "Patient/west");
        assertThat(person.path("link").findValuesAsText("type")).containsOnly("seealso");
        assertThat(person.path("identifier").findValuesAsText("system"))
                .containsExactlyInAnyOrder("urn:x:east", "urn:x:west");
        assertThat(person.path("birthDate").asText()).isEqualTo("1991-02-03");
        assertThat(fhir.json("Patient/east").has("link"))
                .as("source records stay as they are")
                .isFalse();
    }

    @Test
    void match_answers_whom_a_patient_may_be_with_grade_score_and_evidence() throws Exception {
        JsonNode bundle = FhirFixture.JSON.readTree(match(parameters("")).body());

        assertThat(bundle.path("entry")).hasSize(2);
        JsonNode best = bundle.at("/entry/0");
        assertThat(best.at("/resource/id").asText()).isIn("east", "west");
        assertThat(best.at("/search/score").asDouble()).isGreaterThan(0.99);
        assertThat(grade(best)).isEqualTo("certain");
        assertThat(grade(bundle.at("/entry/1"))).isEqualTo("probable");
        assertThat(best.path("search").findValuesAsText("valueString")).contains("score", "name same +15.5");
    }

    @Test
    void match_may_be_asked_for_certain_matches_and_for_few() throws Exception {
        String certain = ",{\"name\":\"onlyCertainMatches\",\"valueBoolean\":true}";

        assertThat(FhirFixture.JSON.readTree(match(parameters(certain)).body()).path("entry"))
                .hasSize(1);
        assertThat(FhirFixture.JSON
                        .readTree(match(parameters(",{\"name\":\"count\",\"valueInteger\":1}"))
                                .body())
                        .path("entry"))
                .hasSize(1);
    }

    @Test
    void a_match_that_can_not_be_understood_is_refused_without_repeating_it() throws Exception {
        for (String body : List.of("{\"resourceType\":\"Parameters\"}", "{\"赵敏\"", "[".repeat(20_000), "")) {
            HttpResponse<String> refusal = match(body);

            assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
            assertThat(refusal.body()).contains("TM-FHIR-0014").doesNotContain("赵敏");
        }
        assertThat(match(parameters(",{\"name\":\"count\",\"valueInteger\":0}")).body())
                .contains("TM-FHIR-0004");
        assertThat(match(" ".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> match(String body) throws Exception {
        return fhir.send(fhir.request("Patient/$match")
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String parameters(String more) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":"
                + "{\"resourceType\":\"Patient\"," + PERSON + "}}" + more + "]}";
    }

    private static String grade(JsonNode entry) {
        for (JsonNode extension : entry.at("/search/extension")) {
            if (extension.path("url").asText().endsWith("/match-grade")) {
                return extension.path("valueCode").asText();
            }
        }
        return "";
    }

    private static String patient(String id, String system, String person) {
        return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"identifier\":[{\"system\":\"" + system
                + "\",\"value\":\"" + id + "\"}]," + person + "}";
    }

    private static String encounter(String id, String patient) {
        return "{\"resourceType\":\"Encounter\",\"id\":\"" + id
                + "\",\"status\":\"finished\",\"class\":{\"code\":\"IMP\"}," + "\"subject\":{\"reference\":\"Patient/"
                + patient + "\"}}";
    }
}
