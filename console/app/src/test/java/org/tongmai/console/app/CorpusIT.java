package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message of the corpora through the running platform, then its logs are searched for what was in them. */
class CorpusIT {
    /** A segment and its field, or the segment alone where the whole segment is missing. */
    private static final Pattern PLACE =
            Pattern.compile(" at [A-Z][A-Z0-9]{2}(\\[\\d+])?(-\\d+| \\(expected the segment\\))");

    private static final List<String> POSITIVE = List.of("AA", "CA");

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
        for (CorpusFiles.Message message : messages) {
            // A connection each: some ask for two acknowledgements, and the second must not be taken for the next
            // one's.
            try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
                byte[] acknowledgement = socket.exchange(message.bytes());
                assertThat(acknowledgement).as(message + " is acknowledged").isNotNull();
                answered.add(new Answered(message, acknowledgement, null));
            }
        }
        await("all are settled")
                .atMost(Duration.ofMinutes(2))
                .until(() -> platform.client().stats().get("processing").asLong() == 0);
        Map<ByteBuffer, String> journal = journal();
        answered.replaceAll(
                each -> new Answered(each.message(), each.acknowledgement(), journey(each.message(), journal)));
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
        assertThat(answered.stream()
                        .filter(each -> POSITIVE.contains(each.code()))
                        .count())
                .isGreaterThan(answered.size() / 2);
    }

    @Test
    void each_is_in_the_journal_byte_for_byte() {
        assertThat(answered)
                .allSatisfy(each -> assertThat(each.journey()).as("journalled").isNotNull());
    }

    @Test
    void each_accepted_one_is_in_the_store() {
        Set<String> there = new HashSet<>(); // many messages have one patient, one ward and one doctor
        for (Answered each : answered) {
            // CA is about receipt: what was received may be refused or parked afterwards, and says so in a second
            // answer.
            String state = each.journey().at("/message/state").asText();
            boolean stored = state.equals("STORED") || state.equals("DELIVERED");
            assertThat(stored || !each.code().equals("AA"))
                    .as(each + " " + state)
                    .isTrue();
            // An acknowledgement of ours that came back (ACK) means nothing canonical.
            if (stored && !each.journey().at("/message/type").asText().startsWith("ACK")) {
                assertThat(each.journey().get("resources")).as(each.toString()).isNotEmpty();
                for (JsonNode resource : each.journey().get("resources")) {
                    String reference = resource.get("type").asText() + "/"
                            + resource.get("id").asText();
                    if (there.add(reference)) {
                        assertThat(platform.client().get("/fhir/" + reference).statusCode())
                                .as(each + " " + reference)
                                .isEqualTo(200);
                    }
                }
            }
        }
    }

    @Test
    void each_refused_one_carries_a_code_that_names_segment_and_field() {
        for (Answered each : answered) {
            if (!POSITIVE.contains(each.code())) {
                String text = new String(each.acknowledgement(), StandardCharsets.ISO_8859_1);
                assertThat(text).as(each.toString()).contains("TM-");
                assertThat(each.journey().at("/message/issues").toString())
                        .as(each.toString())
                        .containsPattern(PLACE);
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
                assertThat(patient.findValuesAsText("family"))
                        .as(each.toString())
                        .contains(name[0]);
                assertThat(patient.findValue("given").toString())
                        .as(each.toString())
                        .contains(name[1]);
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
        PatientDataInLogs search = new PatientDataInLogs(
                answered.stream().map(each -> each.message().bytes()).toList());
        System.out.println("corpora: " + search.values().size() + " values looked for in logs");
        assertThat(search.values()).hasSizeGreaterThan(1_000);
        assertThat(search.needlesslyExcluded()).as("excluded for nothing").isEmpty();
        search.assertNoneIn(folder.resolve("data/logs"), platform.output());
    }

    private static JsonNode patientOf(Answered each) {
        for (JsonNode resource : each.journey().get("resources")) {
            if (resource.get("type").asText().equals("Patient")) {
                return platform.client()
                        .json("/fhir/Patient/" + resource.get("id").asText() + "/_history/"
                                + resource.get("version").asText());
            }
        }
        throw new AssertionError(each + " has no Patient");
    }

    /** Every message of the journal by its bytes. */
    private static Map<ByteBuffer, String> journal() {
        Map<ByteBuffer, String> ids = new HashMap<>();
        String page = "/api/messages?limit=500";
        while (page != null) {
            JsonNode answer = platform.client().json(page);
            for (JsonNode item : answer.get("items")) {
                String id = item.get("id").asText();
                ids.put(
                        ByteBuffer.wrap(platform.client()
                                .get("/api/messages/" + id + "/raw")
                                .body()),
                        id);
            }
            page = answer.path("next").isTextual()
                    ? "/api/messages?limit=500&before=" + answer.get("next").asText()
                    : null;
        }
        return ids;
    }

    private static JsonNode journey(CorpusFiles.Message message, Map<ByteBuffer, String> journal) {
        String id = journal.get(ByteBuffer.wrap(message.bytes()));
        if (id == null && message.isBatch()) {
            id = journal.entrySet().stream()
                    .filter(each -> message.contains(each.getKey().array()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        return id == null ? null : platform.client().json("/api/messages/" + id);
    }
}
