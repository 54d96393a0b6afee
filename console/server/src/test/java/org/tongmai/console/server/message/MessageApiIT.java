package org.tongmai.console.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.sample.RunningConsole;

class MessageApiIT {
    private static final String PATIENT = "310101199003070017";

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void stats_are_numbers_under_the_names_that_outsiders_rely_on() throws Exception {
        JsonNode stats = read("service", "/api/journal/stats");
        for (String name : new String[] {
            "received", "accepted", "refused", "processing", "stored", "delivered", "parked", "duplicates"
        }) {
            assertThat(stats.path(name).isIntegralNumber()).as(name).isTrue();
        }
    }

    @Test
    void pages_follow_one_another_without_a_gap_or_a_repetition() throws Exception {
        Set<String> ids = new HashSet<>();
        String before = "";
        int pages = 0;
        do {
            JsonNode page = read("service", "/api/messages?limit=30" + before);
            page.path("items")
                    .forEach(item ->
                            assertThat(ids.add(item.path("id").textValue())).isTrue());
            before = page.path("next").isNull()
                    ? null
                    : "&before=" + page.path("next").textValue();
            pages++;
        } while (before != null);
        assertThat(pages).isGreaterThanOrEqualTo(3);
        assertThat(ids).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void numbers_are_strings_because_a_script_can_not_hold_them() throws Exception {
        JsonNode item = read("service", "/api/messages?limit=1").path("items").get(0);
        assertThat(item.path("id").isTextual()).isTrue();
        assertThat(Long.parseLong(item.path("id").textValue())).isGreaterThan(1L << 53);
    }

    @Test
    void filters_narrow_the_list_down() throws Exception {
        read("service", "/api/messages?state=PARKED,REFUSED&type=ADT&from=2026-01-01&to=2099-01-01T00:00:00%2B08:00")
                .path("items")
                .forEach(item -> assertThat(item.path("state").textValue()).isIn("PARKED", "REFUSED"));
        JsonNode one =
                read("service", "/api/messages?controlId=B000045&limit=3").path("items");
        assertThat(one)
                .hasSize(3)
                .allSatisfy(i -> assertThat(i.path("controlId").textValue()).isEqualTo("B000045"));
        assertThat(read("service", "/api/messages?patient=nobody").path("items"))
                .isEmpty();
    }

    @Test
    void a_viewer_finds_a_patient_it_knows_but_is_shown_none() throws Exception {
        HttpResponse<String> answer = console.get("viewer", "/api/messages?patient=" + PATIENT);
        assertThat(answer.body())
                .contains("31****17^MR-FIRST")
                .doesNotContain(PATIENT)
                .doesNotContain("V2026112001");
        assertThat(console.get("operator", "/api/messages?patient=" + PATIENT).body())
                .contains(PATIENT);
    }

    @Test
    void a_journey_shows_canonical_resources_and_deliveries() throws Exception {
        String id = first("DELIVERED");
        JsonNode journey = read("viewer", "/api/messages/" + id);
        assertThat(journey.at("/message/patient").textValue()).isEqualTo("31****17^MR-FIRST");
        assertThat(journey.at("/message/masked").booleanValue()).isTrue();
        assertThat(journey.at("/resources/0/href").textValue()).isEqualTo("/fhir/Patient/1f0c7d/_history/3");
        assertThat(journey.at("/deliveries/0/state").textValue()).isEqualTo("DELIVERED");
        assertThat(journey.at("/deliveries/0/issues")).isEmpty();
        assertThat(journey.at("/deliveries/1/issues/0").textValue()).startsWith("TM-MAP-0015");
        assertThat(journey.toString()).doesNotContain(PATIENT);
    }

    @Test
    void raw_bytes_come_out_as_they_came_in() throws Exception {
        var request = console.request("service", "/api/messages/" + first("DELIVERED") + "/raw")
                .build();
        var answer = java.net.http.HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(answer.headers().firstValue("X-Tongmai-Charset")).contains("GB18030");
        assertThat(new String(answer.body(), Charset.forName("GB18030")))
                .startsWith("MSH|")
                .contains("欧阳^试样");
    }

    @Test
    void an_element_of_a_message_is_explained_and_masked_for_who_may_not_see_patients() throws Exception {
        String path = "/api/messages/" + first("DELIVERED") + "/lineage?element=Patient.identifier.value";
        JsonNode seen = read("operator", path);
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).path("source").textValue()).isEqualTo("PID-3.1");
        assertThat(seen.get(0).path("before").textValue()).isEqualTo(PATIENT);
        assertThat(seen.get(0).path("file").textValue()).endsWith("CX-Identifier.map.yaml");
        JsonNode masked = read("viewer", path);
        assertThat(masked.get(0).path("source").textValue()).isEqualTo("PID-3.1");
        assertThat(masked.toString()).doesNotContain(PATIENT);
        assertThat(console.get("viewer", "/api/messages/" + first("DELIVERED") + "/lineage")
                        .body())
                .doesNotContain(PATIENT, "欧阳");
    }

    @Test
    void what_can_not_be_read_is_refused_with_the_name_and_without_the_value() {
        String[] bad = {
            "limit=0",
            "limit=501",
            "limit=many",
            "state=LOST",
            "from=yesterday",
            "to=2026-13-01",
            "before=-1",
            "patient=" + "9".repeat(251),
            "controlId=%00"
        };
        for (String parameter : bad) {
            HttpResponse<String> answer = console.get("service", "/api/messages?" + parameter);
            assertThat(answer.statusCode()).as(parameter).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("TM-CONSOLE-0004", parameter.split("=")[0]);
            assertThat(answer.body())
                    .doesNotContain("LOST", "yesterday", "2026-13-01", "99999")
                    .doesNotContain("trace");
        }
    }

    @Test
    void an_unknown_message_and_an_unknown_address_are_coded() {
        assertThat(console.get("service", "/api/messages/17").body()).contains("TM-CONSOLE-0006");
        assertThat(console.get("service", "/api/messages/17").statusCode()).isEqualTo(404);
        assertThat(console.get("service", "/api/messages/abc").statusCode()).isEqualTo(400);
        HttpResponse<String> nothing = console.get("service", "/api/nothing/310101199003070017");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).contains("TM-CONSOLE-0009").doesNotContain(PATIENT);
        assertThat(console.post("operator", "/api/journal/stats", "{}").statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_replay_is_a_child_of_its_message() throws Exception {
        String id = first("PARKED");
        HttpResponse<String> answer = console.post("operator", "/api/messages/" + id + "/replay", "");
        assertThat(answer.statusCode()).isEqualTo(202);
        String child = json.readTree(answer.body()).path("id").textValue();
        assertThat(read("operator", "/api/messages/" + child)
                        .at("/message/parent")
                        .textValue())
                .isEqualTo(id);
        assertThat(read("operator", "/api/messages/" + id)
                        .path("replays")
                        .get(0)
                        .textValue())
                .isEqualTo(child);
    }

    @Test
    void a_replay_of_a_selection_can_be_watched_and_stopped() throws Exception {
        String everything =
                console.post("operator", "/api/replays", "{\"perSecond\":5}").body();
        assertThat(everything).contains("TM-CONSOLE-0004", "selection");
        HttpResponse<String> started =
                console.post("operator", "/api/replays", "{\"state\":[\"PARKED\"],\"limit\":500,\"perSecond\":5}");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        JsonNode replay = json.readTree(started.body());
        assertThat(replay.path("perSecond").intValue()).isEqualTo(5);
        assertThat(replay.path("requestedBy").textValue()).isEqualTo("operator");
        assertThat(replay.path("selected").intValue()).isPositive();
        String path = "/api/replays/" + replay.path("id").textValue();
        var stopped = console.send(console.request("operator", path).DELETE());
        assertThat(stopped.body()).contains("STOPPED");
        assertThat(console.get("viewer", "/api/replays/999").statusCode()).isEqualTo(404);
    }

    @Test
    void parked_deliveries_are_released_by_destination_and_cause() {
        String path = "/api/parked/release";
        assertThat(console.post("operator", path, "{\"destination\":\"nowhere\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(console.post("operator", path, "{}").statusCode()).isEqualTo(400);
        assertThat(console.post("operator", path, "not json").body()).contains("TM-CONSOLE-0005");
        String body = "{\"destination\":\"hospital-adt-to-district.deliver-to-district\",\"causeCode\":\"TM-X-1\"}";
        assertThat(console.post("operator", path, body).body()).isEqualTo("{\"released\":0}");
    }

    private String first(String state) throws Exception {
        return read("service", "/api/messages?limit=1&state=" + state)
                .at("/items/0/id")
                .textValue();
    }

    private JsonNode read(String account, String path) throws Exception {
        HttpResponse<String> answer = console.get(account, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }
}
