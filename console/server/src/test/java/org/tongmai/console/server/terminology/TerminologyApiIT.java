package org.tongmai.console.server.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.sample.RunningConsole;

class TerminologyApiIT {
    private static final String SEX = "/api/terminology/tables/code-systems/gbt-2261-1-sex.csv";
    private static final String MARITAL = "/api/terminology/tables/code-systems/gbt-2261-2-marital-status.csv";
    private static final String SYSTEM = "code,display,display_en,status,valid_from,valid_to\n";

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void the_tables_in_force_are_listed_with_where_they_come_from() throws Exception {
        JsonNode overview =
                json.readTree(console.get("viewer", "/api/terminology").body());
        JsonNode divisions = find(overview, "gbt-2260-divisions");
        assertThat(divisions.path("size").asInt()).isEqualTo(3217);
        assertThat(divisions.path("standard").asText()).isEqualTo("GB/T 2260");
        assertThat(divisions.path("given").asText()).isEqualTo("PACKAGED");
        assertThat(find(overview, "shanghai-districts").path("size").asInt()).isEqualTo(16);
        assertThat(find(overview, "hl7-0001-to-administrative-gender")
                        .path("kind")
                        .asText())
                .isEqualTo("concept-map");
    }

    private static JsonNode find(JsonNode overview, String name) {
        for (JsonNode table : overview.path("tables")) {
            if (table.path("name").asText().equals(name)) {
                return table;
            }
        }
        throw new AssertionError("not listed: " + name);
    }

    @Test
    void an_upload_is_a_version_that_is_compared_and_undone() throws Exception {
        String before = console.get("viewer", SEX).body();
        HttpResponse<String> answer =
                upload(SEX + "?reason=shorter", before.replace("未知的性别", "未知").getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode version = json.readTree(answer.body());
        assertThat(version.path("by").asText()).isEqualTo("engineer");
        assertThat(version.path("reason").asText()).isEqualTo("shorter");
        int number = version.path("version").asInt();

        assertThat(console.get("viewer", SEX).body()).contains("0,未知,");
        assertThat(find(json.readTree(console.get("viewer", "/api/terminology").body()), "gbt-2261-1-sex")
                        .path("given")
                        .asText())
                .isEqualTo("UPLOADED");
        JsonNode diff = json.readTree(console.get("viewer", "/api/terminology/versions/" + number + "/diff")
                .body());
        assertThat(diff).hasSize(1);
        assertThat(diff.at("/0/before").asText()).startsWith("0,未知的性别,");
        assertThat(diff.at("/0/after").asText()).startsWith("0,未知,");

        HttpResponse<String> undone = console.post(
                "administrator", "/api/terminology/versions/" + (number - 1) + "/restore", "{\"reason\":\"wrong\"}");
        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(201);
        assertThat(console.get("viewer", SEX).body()).isEqualTo(before);
        assertThat(console.get("viewer", SEX + "?version=" + number).body()).contains("0,未知,");
        JsonNode newest = json.readTree(
                        console.get("viewer", "/api/terminology/versions").body())
                .get(0);
        assertThat(newest.path("by").asText()).isEqualTo("administrator");
        assertThat(newest.path("restores").asInt()).isEqualTo(number - 1);
    }

    @Test
    void what_is_wrong_is_told_at_once_with_file_and_line_and_nothing_changes() throws Exception {
        String before = console.get("viewer", MARITAL).body();
        HttpResponse<String> answer = upload(
                MARITAL + "?reason=x",
                (SYSTEM + "10,未婚,,active,,\n10,未婚,,active,,\n20,已婚\n").getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("TM-TERM-0004", "code-systems/gbt-2261-2-marital-status.csv:3")
                .contains("TM-TERM-0003", "code-systems/gbt-2261-2-marital-status.csv:4");
        assertThat(console.get("viewer", MARITAL).body()).isEqualTo(before);
    }

    @Test
    void a_file_saved_in_gbk_is_named_as_such() {
        HttpResponse<String> answer =
                upload(MARITAL + "?reason=x", (SYSTEM + "10,未婚,,active,,\n").getBytes(Charset.forName("GBK")));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("TM-TERM-0017").contains("UTF-8");
    }

    @Test
    void a_zip_brings_new_tables_with_their_source() throws Exception {
        byte[] zip = zip(Map.of(
                "sources.csv",
                "kind,table,system,content,policy,title,standard,clause,source,certainty,retrieved\n"
                        + "code-system,icd-10-clinical,urn:oid:2.16.156.10011.2.3.3.11,"
                        + "fragment,,ICD-10,,,our licence,V,2026-11\n",
                "code-systems/icd-10-clinical.csv",
                SYSTEM + "A00.000,霍乱，由于O1群霍乱弧菌，霍乱生物型所致,,active,,\n"));
        HttpResponse<String> answer =
                console.send(console.request("engineer", "/api/terminology/tables?reason=licensed")
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(find(json.readTree(console.get("viewer", "/api/terminology").body()), "icd-10-clinical")
                        .path("size")
                        .asInt())
                .isEqualTo(1);

        HttpResponse<String> withoutSource = console.send(console.request(
                        "engineer", "/api/terminology/tables?reason=x")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(zip(Map.of("../escape.csv", "a\n", "value-sets/new.csv", "b\n")))));
        assertThat(withoutSource.statusCode()).isEqualTo(422);
        assertThat(withoutSource.body())
                .contains("TM-TERM-0001 A table has no row in sources.csv at ../escape.csv:1")
                .contains("TM-TERM-0001 A table has no row in sources.csv at value-sets/new.csv:1");
    }

    @Test
    void codes_without_a_row_are_listed_by_how_often_they_occur_and_repaired_in_one_step() throws Exception {
        JsonNode lines = json.readTree(
                console.get("engineer", "/api/terminology/unmapped").body());
        assertThat(lines.findValuesAsText("count")).containsExactly("310", "12", "3");
        assertThat(lines.at("/0/policy").asText()).isEqualTo("REFUSE");

        HttpResponse<String> answer = console.post(
                "engineer",
                "/api/terminology/unmapped/repair",
                "{\"conceptMap\":\"hl7-0001-to-administrative-gender\",\"sender\":\"H1\",\"code\":\"7\","
                        + "\"target\":\"other\",\"reason\":\"as their manual says\",\"perSecond\":20}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode repaired = json.readTree(answer.body());
        JsonNode replay = json.readTree(console.get(
                        "operator", "/api/replays/" + repaired.path("replay").asText())
                .body());
        assertThat(replay.path("perSecond").asInt()).isEqualTo(20);
        assertThat(console.get(
                                "viewer",
                                "/api/terminology/tables/local-dictionaries/hl7-0001-to-administrative-gender.csv")
                        .body())
                .contains("H1,7,,other,Other,as their manual says");
        assertThat(json.readTree(console.get("engineer", "/api/terminology/unmapped")
                                .body())
                        .findValuesAsText("count"))
                .containsExactly("12", "3");
    }

    @Test
    void a_target_the_map_does_not_know_is_refused() {
        HttpResponse<String> answer = console.post(
                "engineer",
                "/api/terminology/unmapped/repair",
                "{\"conceptMap\":\"hl7-0001-to-administrative-gender\",\"sender\":\"H3\",\"code\":\"7\","
                        + "\"target\":\"mael\",\"reason\":\"typed\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("TM-TERM-0008");
    }

    private HttpResponse<String> upload(String path, byte[] body) {
        return console.send(console.request("engineer", path)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
