package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message of the corpora through the running platform, then its logs are searched for what was in them. */
class CorpusIT {
    private static final Pattern PLACE = Pattern.compile(" at [A-Z][A-Z0-9]{2}(\\[\\d+])?-\\d+");

    @TempDir
    private static Path folder;

    private static PlatformProcess platform;
    private static List<Answered> answered;

    /** A message, its acknowledgement and what the journal says of it. */
    record Answered(CorpusFiles.Message message, byte[] acknowledgement, JsonNode journey) {
        String code() {
            return MllpSocket.code(acknowledgement);
        }

        @Override
        public String toString() {
            return message + " " + code();
        }
    }

    @BeforeAll
    static void send() throws IOException {
        List<CorpusFiles.Message> messages = CorpusFiles.messages();
        platform = new PlatformProcess(folder.resolve("data"), PlatformPorts.free(), "-Xmx1g");
        platform.start();
        answered = new ArrayList<>();
        try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
            for (CorpusFiles.Message message : messages) {
                byte[] acknowledgement = socket.exchange(message.bytes());
                assertThat(acknowledgement).as(message + " is acknowledged").isNotNull();
                answered.add(new Answered(message, acknowledgement, journey(message)));
            }
        }
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void each_is_acknowledged_with_a_code() {
        Map<String, Integer> counts = new TreeMap<>();
        answered.forEach(each -> counts.merge(each.code(), 1, Integer::sum));
        System.out.println("corpora: " + answered.size() + " messages, acknowledged " + counts);
        assertThat(answered).allSatisfy(each -> assertThat(each.code()).isIn("AA", "AE", "AR", "CA", "CE", "CR"));
        assertThat(counts.getOrDefault("AA", 0) + counts.getOrDefault("CA", 0)).isGreaterThan(answered.size() / 2);
    }

    @Test
    void each_is_in_the_journal_byte_for_byte() {
        assertThat(answered).allSatisfy(each -> assertThat(each.journey()).as("journalled").isNotNull());
    }

    @Test
    void each_accepted_one_is_in_the_store() {
        for (Answered each : answered) {
            if (each.code().equals("AA")) {
                assertThat(each.journey().get("resources")).as(each.toString()).isNotEmpty();
                for (JsonNode resource : each.journey().get("resources")) {
                    String reference = resource.get("type").asText() + "/" + resource.get("id").asText();
                    assertThat(platform.client().get("/fhir/" + reference).statusCode())
                            .as(each + " " + reference)
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void each_refused_one_carries_a_code_that_names_segment_and_field() {
        for (Answered each : answered) {
            if (!each.code().equals("AA") && !each.code().equals("CA")) {
                String text = new String(each.acknowledgement(), StandardCharsets.ISO_8859_1);
                assertThat(text).as(each.toString()).contains("TM-");
                assertThat(each.journey().findValue("issues").toString()).as(each.toString()).containsPattern(PLACE);
            }
        }
    }

    @Test
    void the_chinese_names_come_out_right() throws IOException {
        Path index = CorpusFiles.root().resolve("hl7v2-derived-chinese/index.json");
        int checked = 0;
        for (JsonNode row : new ObjectMapper().readTree(CorpusFiles.read(index))) {
            Answered each = answered.stream()
                    .filter(a -> a.message().file().endsWith(row.get("file").asText()))
                    .findFirst()
                    .orElseThrow();
            if (each.code().equals("AA")) {
                String[] name = row.get("pid5").asText().split("\\^");
                JsonNode patient = patientOf(each);
                assertThat(patient.findValuesAsText("family")).as(each.toString()).contains(name[0]);
                assertThat(patient.findValue("given").toString()).as(each.toString()).contains(name[1]);
                assertThat(patient.findValue("address").toString())
                        .as(each.toString())
                        .contains(row.get("pid11").asText());
                checked++;
            }
        }
        System.out.println("corpora: names of " + checked + " accepted Chinese messages compared");
        assertThat(checked).isGreaterThan(30);
    }

    @Test
    void no_log_holds_patient_data() throws IOException {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> platform.client().stats().get("processing").asLong() == 0);
        new PatientDataInLogs(answered.stream().map(Answered::message).toList())
                .assertNoneIn(folder.resolve("data/logs"), platform.output());
    }

    private static JsonNode patientOf(Answered each) {
        for (JsonNode resource : each.journey().get("resources")) {
            if (resource.get("type").asText().equals("Patient")) {
                return platform.client().json("/fhir/Patient/" + resource.get("id").asText());
            }
        }
        throw new AssertionError(each + " has no Patient");
    }

    /** Finds the journal row whose bytes are the message's bytes. */
    private static JsonNode journey(CorpusFiles.Message message) {
        String controlId = MllpSocket.field(message.bytes(), "MSH", 9);
        String filter = controlId.isEmpty() || controlId.length() > 100
                ? ""
                : "&controlId=" + URLEncoder.encode(controlId, StandardCharsets.UTF_8);
        for (JsonNode item : platform.client().json("/api/messages?limit=500" + filter).get("items")) {
            String id = item.get("id").asText();
            if (Arrays.equals(platform.client().get("/api/messages/" + id + "/raw").body(), message.bytes())) {
                return platform.client().json("/api/messages/" + id);
            }
        }
        return null;
    }
}
