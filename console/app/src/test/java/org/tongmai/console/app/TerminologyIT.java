package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hospital's own codes, from the refusal to the repair, through the real platform. */
@TestMethodOrder(OrderAnnotation.class)
class TerminologyIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAP = "hl7-0001-to-administrative-gender";

    private static PlatformClient client;

    @BeforeAll
    static void connect() {
        client = PLATFORM.client();
    }

    @Test
    @Order(1)
    void codes_without_a_row_are_refused_and_gathered_by_hospital() throws Exception {
        assertThat(send("T-1", "IT-HOSPITAL", "H2000001", "7")).contains("MSA|AE|T-1");
        assertThat(send("T-2", "IT-HOSPITAL", "H2000002", "7")).contains("MSA|AE|T-2");
        assertThat(send("T-3", "ELSEWHERE", "H2000003", "7")).contains("MSA|AE|T-3");

        await().atMost(LIMIT).until(() -> unmapped().size() == 2);
        JsonNode line = unmapped().get(0);
        assertThat(line.path("sender").asText()).isEqualTo("IT-HOSPITAL");
        assertThat(line.path("conceptMap").asText()).isEqualTo(MAP);
        assertThat(line.path("code").asText()).isEqualTo("7");
        assertThat(line.path("count").asInt()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void one_step_maps_the_code_and_replays_what_failed_for_it() throws Exception {
        JsonNode repaired = post(
                "/api/terminology/unmapped/repair",
                "application/json",
                "{\"conceptMap\":\"" + MAP + "\",\"sender\":\"IT-HOSPITAL\",\"code\":\"7\",\"target\":\"other\","
                        + "\"reason\":\"as the hospital says\"}");

        String replay = "/api/replays/" + repaired.path("replay").asText();
        await().atMost(LIMIT)
                .until(() -> client.json(replay).path("state").asText().equals("FINISHED"));
        assertThat(client.json(replay).path("replayed").asInt()).isEqualTo(2);
        assertThat(gender("H2000001")).isEqualTo("other");
        assertThat(gender("H2000002")).isEqualTo("other");
        assertThat(client.json("/fhir/Patient?identifier=H2000003").path("entry"))
                .isEmpty();
        assertThat(unmapped()).hasSize(1);
    }

    @Test
    @Order(3)
    void the_next_message_is_taken_without_a_restart_and_another_hospital_s_is_not() throws Exception {
        assertThat(send("T-4", "IT-HOSPITAL", "H2000004", "7")).contains("MSA|AA|T-4");
        assertThat(send("T-5", "ELSEWHERE", "H2000005", "7")).contains("MSA|AE|T-5");
    }

    @Test
    @Order(4)
    void an_uploaded_map_counts_at_once_for_everybody_and_no_more_after_it_is_undone() throws Exception {
        String path = "/api/terminology/tables/concept-maps/" + MAP + ".csv";
        String before = new String(client.get(path).body(), StandardCharsets.UTF_8);
        JsonNode version =
                post(path + "?reason=new", "text/csv", before.replace("\n9,,", "\n7,,unknown,Unknown,\n9,,"));
        assertThat(send("T-6", "ELSEWHERE", "H2000006", "7")).contains("MSA|AA|T-6");
        assertThat(gender("H2000006")).isEqualTo("unknown");

        int earlier = version.path("version").asInt() - 1;
        post("/api/terminology/versions/" + earlier + "/restore", "application/json", "{\"reason\":\"undone\"}");
        assertThat(send("T-7", "ELSEWHERE", "H2000007", "7")).contains("MSA|AE|T-7");
    }

    @Test
    @Order(5)
    void an_uploaded_code_counts_when_resources_are_judged() throws Exception {
        String path = "/api/terminology/tables/code-systems/gbt-2260-divisions.csv";
        assertThat(wrongDivision()).isTrue();
        String before = new String(client.get(path).body(), StandardCharsets.UTF_8);
        JsonNode version = post(path + "?reason=new", "text/csv", before + "999998,新区,,active,,,,,,\n");
        assertThat(wrongDivision()).isFalse();

        int earlier = version.path("version").asInt() - 1;
        post("/api/terminology/versions/" + earlier + "/restore", "application/json", "{\"reason\":\"undone\"}");
        assertThat(wrongDivision()).isTrue();
    }

    private static boolean wrongDivision() throws IOException {
        String resource = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":"
                + "[{\"system\":\"urn:tongmai:code-system:gbt-2260\",\"code\":\"999998\"}]}}";
        HttpResponse<byte[]> answer = client.send("engineer", "/fhir/Observation/$validate", request -> request.header(
                        "Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(resource)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8).contains("999998");
    }

    @Test
    @Order(6)
    void what_is_in_force_is_in_force_after_a_restart() throws Exception {
        PLATFORM.restart();
        assertThat(send("T-8", "IT-HOSPITAL", "H2000008", "7")).contains("MSA|AA|T-8");
        assertThat(send("T-9", "ELSEWHERE", "H2000009", "7")).contains("MSA|AE|T-9");
        assertThat(client.json("/api/terminology").path("version").asInt()).isEqualTo(5);
    }

    private static JsonNode unmapped() throws IOException {
        HttpResponse<byte[]> answer = client.send("engineer", "/api/terminology/unmapped", request -> request.GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode post(String path, String type, String body) throws IOException {
        HttpResponse<byte[]> answer = client.send("engineer", path, request -> request.header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode() / 100)
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(2);
        return JSON.readTree(answer.body());
    }

    private static String gender(String patient) {
        return client.json("/fhir/Patient?identifier=" + patient)
                .at("/entry/0/resource/gender")
                .asText();
    }

    /** The sample admission with other words in it. */
    private static String send(String controlId, String hospital, String patient, String sex) throws IOException {
        try (InputStream in = TerminologyIT.class.getResourceAsStream("/hl7/admit.hl7")) {
            String message = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("PLATFORM-IT-1", controlId)
                    .replace("RENJI-HOSPITAL", hospital)
                    .replace("H2000001", patient)
                    .replaceFirst("~11010519491231002X[^|]*", "")
                    .replaceFirst("\\|19491231\\|[^|]*\\|", "|19491231|" + sex + "|");
            return PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message.getBytes(StandardCharsets.UTF_8));
        }
    }
}
