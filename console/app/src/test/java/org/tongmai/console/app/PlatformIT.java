package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tongmai.console.app.command.TongmaiCommand;
import picocli.CommandLine;

/** One message through the real platform, from its port to the district, and over a restart. */
@TestMethodOrder(OrderAnnotation.class)
class PlatformIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static PlatformClient client;

    @BeforeAll
    static void connect() {
        client = PLATFORM.client();
    }

    @Test
    @Order(1)
    void it_is_ready_when_its_ports_are_open() {
        assertThat(client.ready()).isTrue();
    }

    @Test
    @Order(2)
    void an_admission_is_accepted_and_counted() throws IOException {
        assertThat(PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message()))
                .contains("MSA|AA|PLATFORM-IT-1");

        JsonNode stats = client.stats();
        assertThat(stats.get("received").asLong()).isEqualTo(1);
        assertThat(stats.get("accepted").asLong()).isEqualTo(1);
        assertThat(stats.get("stored").asLong()).isEqualTo(1);
        assertThat(stats.get("refused").asLong()).isZero();
    }

    @Test
    @Order(3)
    void the_message_is_found_and_its_bytes_are_those_that_were_sent() throws IOException {
        JsonNode found = client.json("/api/messages?controlId=PLATFORM-IT-1");

        assertThat(found.findValues("id")).hasSize(1);
        String id = found.findValues("id").get(0).asText();
        assertThat(client.get("/api/messages/" + id + "/raw").body()).isEqualTo(message());
    }

    @Test
    @Order(4)
    void the_patient_is_read_by_fhir() {
        JsonNode patients = client.json("/fhir/Patient?identifier=H2000001");

        assertThat(patients.path("entry")).hasSize(1);
        JsonNode patient = patients.at("/entry/0/resource");
        assertThat(patient.path("birthDate").asText()).isEqualTo("1949-12-31");
        assertThat(patient.at("/name/0/family").asText()).isEqualTo("试验");
    }

    @Test
    @Order(5)
    void the_record_reaches_the_district() {
        Path ledger = PLATFORM.data().resolve("sample-district/ledger.csv");

        await().atMost(LIMIT)
                .until(() -> Files.exists(ledger) && Files.readString(ledger).contains("ADT"));
        await().atMost(LIMIT).until(() -> client.stats().get("delivered").asLong() == 1);
    }

    @Test
    @Order(5)
    void what_arrives_what_leaves_and_who_reads_have_connections_of_their_own() {
        MeterRegistry meters = PLATFORM.bean(MeterRegistry.class);
        for (String pool : List.of("tongmai-writers", "tongmai-deliverers", "tongmai-readers")) {
            assertThat(meters.get("hikaricp.connections.usage")
                            .tag("pool", pool)
                            .timer()
                            .count())
                    .as("used of " + pool)
                    .isPositive();
        }
    }

    @Test
    @Order(6)
    void the_same_message_again_is_answered_as_the_first_time_and_nothing_more() throws IOException {
        assertThat(PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message()))
                .contains("MSA|AA|PLATFORM-IT-1");

        assertThat(client.stats().get("received").asLong()).isEqualTo(1);
        assertThat(client.stats().get("duplicates").asLong()).isEqualTo(1);
    }

    @Test
    @Order(7)
    void after_a_restart_everything_is_still_there_and_the_passwords_are_the_same() throws IOException {
        String password = client.password("service");
        PLATFORM.restart();

        assertThat(client.password("service")).isEqualTo(password);
        assertThat(client.stats().get("stored").asLong()).isEqualTo(1);
        assertThat(PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message()))
                .contains("MSA|AA|PLATFORM-IT-1");
        assertThat(client.stats().get("duplicates").asLong()).isEqualTo(2);
    }

    @Test
    @Order(8)
    void two_hospitals_that_send_one_person_under_different_numbers_have_one_person() {
        send(
                "PERSON-1",
                "ADT^A01^ADT_A01",
                "PID|1||E1^^^EAST^MR~310101199003071230^^^^NNCHN||张^伟明||19900307|M",
                visit("EAST"));
        send(
                "PERSON-2",
                "ADT^A01^ADT_A01",
                "PID|1||W1^^^WEST^MR~310101199003071230^^^^NNCHN||張^偉明||19900307|M",
                visit("WEST"));
        String east = patient("E1");
        String west = patient("W1");

        await().atMost(LIMIT).until(() -> members(east).size() == 2);
        assertThat(members(west)).containsExactlyInAnyOrder(east, west);
        for (String asked : List.of(east, west, person(east))) {
            JsonNode everything = client.json("/fhir/Patient/" + asked + "/$everything");
            assertThat(references(everything)).as("of " + asked).contains("Patient/" + east, "Patient/" + west);
            assertThat(references(everything).stream().filter(each -> each.startsWith("Encounter/")))
                    .hasSize(2);
        }
    }

    @Test
    @Order(9)
    void a_merge_by_the_hospital_is_followed_and_an_unmerge_restores_what_was() {
        send("PERSON-3", "ADT^A01^ADT_A01", "PID|1||E2^^^EAST^MR||李^娜||19660815|F", visit("EAST2"));
        String east = patient("E1");
        String other = patient("E2");
        await().atMost(LIMIT).until(() -> members(other).size() == 1);
        String person = person(other);

        send(
                "PERSON-4",
                "ADT^A40^ADT_A39",
                "PID|1||E1^^^EAST^MR~310101199003071230^^^^NNCHN||张^伟明||19900307|M",
                "MRG|E2^^^EAST^MR");
        await().atMost(LIMIT).until(() -> members(east).size() == 3);
        assertThat(references(client.json("/fhir/Patient/" + other + "/$everything")))
                .contains("Patient/" + east);
        JsonNode merge = client.json("/api/patient-index/" + other + "/history").get(0);
        assertThat(merge.path("kind").asText()).isEqualTo("FOLLOWED");

        client.post(
                "operator",
                "/api/patient-index/operations/" + merge.path("id").asText() + "/unmerge",
                "{\"reason\":\"another patient after all\"}");

        assertThat(members(east)).hasSize(2).doesNotContain(other);
        assertThat(members(other)).containsExactly(other);
        assertThat(person(other)).isEqualTo(person);
        JsonNode undone =
                client.json("/api/patient-index/" + other + "/history").get(0);
        assertThat(undone.path("by").asText()).isEqualTo("operator");
        assertThat(undone.path("undoes").asText()).isEqualTo(merge.path("id").asText());
    }

    @Test
    @Order(10)
    void the_audit_log_has_what_was_decided_and_is_intact_over_the_restart() throws IOException {
        Path password = PLATFORM.data().resolve("secrets/audit-administrator.txt");
        Files.writeString(password, client.password("audit-administrator"));
        String url = "http://127.0.0.1:" + PLATFORM.ports().http();

        assertThat(new CommandLine(new TongmaiCommand())
                        .execute(
                                "audit",
                                "verify",
                                "--url=" + url,
                                "--user=audit-administrator",
                                "--password-file=" + password))
                .isZero();
        assertThat(audit("act=audit.start")).hasSize(2);
        assertThat(audit("act=patient-index.merge"))
                .allMatch(record -> record.path("actor").asText().equals("operator"))
                .extracting(record -> record.at("/what/outcome").asText())
                .containsExactly("200", "begun");
    }

    private static List<JsonNode> audit(String query) throws IOException {
        byte[] answer = client.send("audit-administrator", "/api/audit?" + query, request -> request)
                .body();
        List<JsonNode> found = new ArrayList<>();
        new ObjectMapper().readTree(answer).path("items").forEach(found::add);
        return found;
    }

    @Test
    @Order(11)
    void no_log_names_the_patient() throws IOException {
        for (Path log : PLATFORM.logs()) {
            assertThat(Files.readString(log, StandardCharsets.UTF_8))
                    .as(log.getFileName().toString())
                    .doesNotContain("试验")
                    .doesNotContain("H2000001")
                    .doesNotContain("11010519491231002X")
                    .doesNotContain("伟明")
                    .doesNotContain("310101199003071230")
                    .doesNotContain("another patient after all");
        }
    }

    @Test
    @Order(12)
    void a_node_whose_name_another_process_has_taken_is_not_ready_any_more() throws SQLException {
        try (Connection connection = PLATFORM.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update node set run = gen_random_uuid()");
        }
        await().atMost(LIMIT).until(() -> !client.ready());
    }

    private static void send(String controlId, String type, String... segments) {
        String message = "MSH|^~\\&|HIS|EAST|TONGMAI|PUDONG|20261102083000+0800||" + type + "|" + controlId
                + "|P|2.5.1||||||UNICODE UTF-8\rEVN|" + type.substring(4, 7) + "|20261102083000+0800\r"
                + String.join("\r", segments) + "\r";
        assertThat(PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message.getBytes(StandardCharsets.UTF_8)))
                .contains("MSA|AA|" + controlId);
    }

    private static String visit(String hospital) {
        return "PV1|1|I|W03^0312^05^" + hospital + "||||||||||||||||V1^^^" + hospital;
    }

    private static String patient(String number) {
        return client.json("/fhir/Patient?identifier=" + number)
                .at("/entry/0/resource/id")
                .asText();
    }

    private static String person(String patient) {
        return client.json("/api/patient-index/" + patient).path("id").asText();
    }

    private static List<String> members(String patient) {
        return client.get("/api/patient-index/" + patient).statusCode() == 404
                ? List.of()
                : client.json("/api/patient-index/" + patient).path("members").findValuesAsText("patient");
    }

    private static List<String> references(JsonNode bundle) {
        return bundle.path("entry").findValuesAsText("fullUrl").stream()
                .map(url -> url.replaceFirst(".*/fhir/", ""))
                .toList();
    }

    private static byte[] message() throws IOException {
        try (InputStream message = PlatformIT.class.getResourceAsStream("/hl7/admit.hl7")) {
            return message.readAllBytes();
        }
    }
}
