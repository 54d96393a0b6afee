package org.tongmai.console.server.patientindex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.console.server.sample.SampleGuardianships;
import org.tongmai.console.server.sample.SamplePatientIndex;
import org.tongmai.standards.patientindex.PatientIndex.By;

class PatientIndexApiIT {
    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void a_candidate_explains_itself_and_shows_both_records() throws Exception {
        JsonNode review = read("operator", "/api/patient-index/reviews").get(0);

        assertThat(review.at("/explanation/rule").asText()).isEqualTo("score");
        assertThat(review.at("/explanation/evidence/0/field").asText()).isEqualTo("name");
        assertThat(review.at("/explanation/evidence/0/weight").asDouble()).isEqualTo(5.3);
        assertThat(review.at("/first/names/0").asText()).isEqualTo("张伟明");
        assertThat(review.at("/second/identifiers/0").asText()).isEqualTo("identity-number 310101199003071230");
    }

    @Test
    void a_viewer_sees_the_candidate_masked() {
        String body = console.get("viewer", "/api/patient-index/reviews/7").body();

        assertThat(body).contains("张**").contains("\"1990\"").contains("31****30");
        assertThat(body)
                .doesNotContain("伟明")
                .doesNotContain("03-07")
                .doesNotContain("健康路")
                .doesNotContain("13912345678");
        assertThat(console.get("viewer", "/api/patient-index/pat-1/history").body())
                .doesNotContain("same papers");
    }

    @Test
    void a_decision_carries_the_account_and_the_reason() {
        console.post("operator", "/api/patient-index/reviews/7/approve", "{\"reason\":\"both papers seen\"}");

        assertThat(console.bean(SamplePatientIndex.class).asked()).contains(new By("operator", "both papers seen"));
    }

    @Test
    void what_could_not_be_indexed_is_listed_and_tried_again_by_who_may() throws Exception {
        JsonNode leftOut = read("viewer", "/api/patient-index/left-out").get(0);
        HttpResponse<String> viewer = console.post("viewer", "/api/patient-index/left-out/try-again", "");
        HttpResponse<String> operator = console.post("operator", "/api/patient-index/left-out/try-again", "");

        assertThat(leftOut.path("resource").asText()).isEqualTo("Patient/pat-3");
        assertThat(leftOut.path("attempts").asInt()).isEqualTo(4);
        assertThat(leftOut.path("cause").asText()).startsWith("TM-MPISTORE-0003");
        assertThat(viewer.statusCode()).isEqualTo(403);
        assertThat(operator.statusCode()).isEqualTo(202);
        assertThat(console.bean(SamplePatientIndex.class).asked()).contains(new By("try again", ""));
    }

    @Test
    void a_guardianship_is_recorded_and_ended_by_who_may_with_account_and_reason() throws Exception {
        String wanted =
                "{\"guardian\":\"pat-1\",\"ward\":\"pat-2\",\"kind\":\"MINOR\",\"reason\":\"birth certificate\"}";
        String path = "/api/patient-index/guardianships";

        assertThat(console.post("viewer", path, wanted).statusCode()).isEqualTo(403);
        assertThat(console.post("operator", path, "{\"guardian\":\"pat-1\"}").body())
                .contains("TM-CONSOLE-0004");
        JsonNode recorded = json.readTree(console.post("operator", path, wanted).body());
        assertThat(recorded.path("ward").asText()).isEqualTo("pat-2");
        assertThat(recorded.path("until").asText()).isEqualTo("2035-11-01");
        console.post("operator", path + "/7/end", "{\"reason\":\"court order\"}");
        assertThat(read("operator", path + "?person=pat-1").toString()).contains("MINOR", "birth certificate");
        assertThat(read("viewer", path + "?person=pat-1").toString())
                .as("neither why nor on what evidence")
                .contains("\"guardian\":\"pat-1\"", "\"by\":\"operator\"", "\"kind\":null", "\"reason\":null")
                .doesNotContain("MINOR", "birth certificate");

        assertThat(console.bean(SampleGuardianships.class).asked())
                .contains(new By("operator", "birth certificate"), new By("operator", "court order"));
    }

    @Test
    void an_unknown_person_or_candidate_is_a_coded_refusal_that_repeats_nothing() {
        HttpResponse<String> person = console.get("operator", "/api/patient-index/310101199003071230");
        HttpResponse<String> review = console.get("operator", "/api/patient-index/reviews/99");
        HttpResponse<String> state = console.get("operator", "/api/patient-index/reviews?state=x");

        assertThat(person.statusCode()).isEqualTo(404);
        assertThat(person.body()).contains("TM-CONSOLE-0015").doesNotContain("310101199003071230");
        assertThat(review.body()).contains("TM-CONSOLE-0016");
        assertThat(state.body()).contains("TM-CONSOLE-0004");
    }

    private JsonNode read(String account, String path) throws Exception {
        return json.readTree(console.get(account, path).body());
    }
}
