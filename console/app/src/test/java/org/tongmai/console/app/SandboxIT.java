package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;

/** What is tried beside a running platform: a candidate over its journal, a message of its journal as a test. */
class SandboxIT {
    private static final int MESSAGES = 700;
    private static final Path BUNDLE = SourceTree.root().resolve("routes/bundles/hospital-adt-to-district");

    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static PlatformClient client;
    private static Instant sent;

    @BeforeAll
    static void send() throws IOException {
        client = PLATFORM.client();
        String text =
                new String(BundleArchive.ofFolder(BUNDLE).file("test/admit.hl7").orElseThrow(), StandardCharsets.UTF_8);
        try (MllpSocket socket = new MllpSocket(PLATFORM.ports().mllpAdt())) {
            for (int i = 0; i < MESSAGES; i++) {
                String message = text.replace("ADT-0001", "SANDBOX-" + i).replace("H1000001", "H3" + (100_000 + i));
                byte[] answer = socket.exchange(message.getBytes(StandardCharsets.UTF_8));
                assertThat(MllpSocket.code(answer)).isEqualTo("AA");
            }
        }
        sent = Instant.now();
    }

    @Test
    void a_candidate_is_shown_with_exactly_the_fields_it_changes_and_nothing_happens() throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.stats().get("delivered").asLong() >= MESSAGES);
        JsonNode before = client.stats();
        JsonNode report = diff("&as=json&to=" + sent);
        assertThat(report.path("messages").asInt()).isEqualTo(MESSAGES);
        assertThat(report.path("changed").asInt()).isEqualTo(MESSAGES);
        assertThat(report.path("changes").findValuesAsText("field"))
                .containsExactly("Encounter.priority.text", "Encounter.serviceProvider.display", "Patient.name.use");
        assertThat(report.path("changes").findValues("count"))
                .extracting(JsonNode::asInt)
                .containsOnly(MESSAGES);
        assertThat(client.stats())
                .as("nothing is journalled, stored or delivered")
                .isEqualTo(before);
    }

    @Test
    void the_sign_off_sheet_names_no_patient() {
        String html = new String(
                post("engineer", "/api/bundles/diff?as=html&limit=20", candidate())
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(html).contains("Signed off", "Patient.name.use").doesNotContain("虚构", "H31", "19491231");
    }

    @Test
    void a_journalled_message_becomes_a_masked_test_of_its_bundle() throws IOException {
        String id = client.json("/api/messages?controlId=SANDBOX-7")
                .findValuesAsText("id")
                .get(0);
        HttpResponse<byte[]> answer = post("engineer", "/api/messages/" + id + "/as-test?name=seven", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        SortedMap<String, String> files = unzipped(answer.body());
        assertThat(files)
                .containsOnlyKeys(
                        "test/seven.ack.hl7", "test/seven.canonical.json", "test/seven.district.csv", "test/seven.hl7");
        assertThat(files.values()).allSatisfy(text -> assertThat(text)
                .doesNotContain("虚构^一号", "虚构一号", "H3100007", "19491231", "11010519491231002X", "SANDBOX-7"));
    }

    @Test
    void a_tenants_instance_is_compared_and_captured_with_its_own_rows() throws IOException {
        int first = tenant("district-1", Map.of("own.map.yaml", priority("own")));
        int second = tenant("district-2", Map.of());
        assertThat(post("administrator", "/api/bundles", feed("")).statusCode()).isEqualTo(200);
        send(first, "TENANT-1");
        send(second, "TENANT-2");

        byte[] candidate = feed(priority("the bundle's"));
        assertThat(changed(candidate, "district-1"))
                .as("its own rows win over the bundle's")
                .isEmpty();
        assertThat(changed(candidate, "district-2")).containsExactly("Encounter.priority.text");
        assertThat(post("engineer", "/api/bundles/diff", candidate).statusCode())
                .as("nothing runs for nobody")
                .isEqualTo(404);

        assertThat(captured("TENANT-1")).contains("\"own\"");
        assertThat(captured("TENANT-2")).doesNotContain("\"own\"");
    }

    /** Makes a tenant; answers the port of its feed. */
    private static int tenant(String name, Map<String, String> overlay) throws IOException {
        int port = PlatformPorts.one();
        String body = new ObjectMapper()
                .writeValueAsString(Map.of("settings", Map.of("feed.port", "" + port), "overlay", overlay));
        HttpResponse<byte[]> answer = client.send(
                "administrator", "/api/tenants/" + name, request -> request.header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return port;
    }

    private static String priority(String text) {
        return "from: PV1\nto: Encounter\nrows:\n  - {from: PV1-2, to: priority.text, const: " + text + "}\n";
    }

    private static byte[] feed(String rows) throws IOException {
        BundleArchive feed =
                BundleArchive.ofFolder(SourceTree.root().resolve("console/app/src/test/resources/sandbox/tenant-feed"));
        SortedMap<String, byte[]> files = new TreeMap<>(feed.files());
        if (!rows.isEmpty()) {
            files.put("ward.map.yaml", rows.getBytes(StandardCharsets.UTF_8));
        }
        return BundleZip.write(BundleArchive.of(feed.id(), files), Optional.empty());
    }

    private static void send(int port, String controlId) throws IOException {
        byte[] admit = BundleArchive.ofFolder(BUNDLE).file("test/admit.hl7").orElseThrow();
        String message = new String(admit, StandardCharsets.UTF_8).replace("ADT-0001", controlId);
        try (MllpSocket socket = new MllpSocket(port)) {
            assertThat(MllpSocket.code(socket.exchange(message.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("AA");
        }
    }

    private static List<String> changed(byte[] candidate, String tenant) throws IOException {
        HttpResponse<byte[]> answer = post("engineer", "/api/bundles/diff?tenant=" + tenant, candidate);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode report = new ObjectMapper().readTree(answer.body());
        assertThat(report.path("messages").asInt()).as("those of the tenant").isEqualTo(1);
        return report.path("changes").findValuesAsText("field");
    }

    private static String captured(String controlId) throws IOException {
        String id = client.json("/api/messages?controlId=" + controlId)
                .findValuesAsText("id")
                .get(0);
        HttpResponse<byte[]> answer = post("engineer", "/api/messages/" + id + "/as-test?name=mine", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        return unzipped(answer.body()).get("test/mine.canonical.json");
    }

    @Test
    void a_message_is_explained_by_the_rows_that_mapped_it_also_when_another_version_runs() throws IOException {
        String text = new String(
                BundleArchive.ofFolder(BUNDLE).file("test/insured.hl7").orElseThrow(), StandardCharsets.UTF_8);
        String number = "SANDBOX-INSURED";
        try (MllpSocket socket = new MllpSocket(PLATFORM.ports().mllpAdt())) {
            String controlId = text.split("\\|")[9];
            byte[] answer = socket.exchange(text.replace(controlId, number).getBytes(StandardCharsets.UTF_8));
            assertThat(MllpSocket.code(answer)).isEqualTo("AA");
        }
        String id = client.json("/api/messages?controlId=" + number)
                .findValuesAsText("id")
                .get(0);
        assertThat(explained(id)).containsExactly("hospital-adt-to-district/hospital-adt.map.yaml");
        SortedMap<String, byte[]> files =
                new TreeMap<>(BundleArchive.ofFolder(BUNDLE).files());
        files.keySet().removeIf(name -> name.endsWith(".map.yaml") || name.contains("insured"));
        byte[] without = BundleZip.write(BundleArchive.of("hospital-adt-to-district", files), Optional.empty());
        assertThat(post("administrator", "/api/bundles", without).statusCode()).isEqualTo(200);
        assertThat(explained(id)).containsExactly("hospital-adt-to-district/hospital-adt.map.yaml");
        HttpResponse<byte[]> back =
                post("administrator", "/api/bundles/hospital-adt-to-district/rollback", new byte[0]);
        assertThat(back.statusCode()).isEqualTo(200);
    }

    private static List<String> explained(String message) throws IOException {
        return client.json("/api/messages/" + message + "/lineage?element=Patient.generalPractitioner")
                .findValuesAsText("file");
    }

    @Test
    void who_may_not_is_refused() {
        assertThat(post("operator", "/api/bundles/diff", candidate()).statusCode())
                .isEqualTo(403);
        assertThat(post("operator", "/api/messages/1/as-test?name=a", new byte[0])
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("engineer", "/api/bundles/diff", new byte[] {1}).statusCode())
                .isEqualTo(422);
        assertThat(post("engineer", "/api/bundles/diff?limit=0", candidate()).statusCode())
                .isEqualTo(400);
    }

    private static JsonNode diff(String query) throws IOException {
        HttpResponse<byte[]> answer = post("engineer", "/api/bundles/diff?type=ADT" + query, candidate());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static byte[] candidate() {
        try {
            BundleArchive running = BundleArchive.ofFolder(BUNDLE);
            SortedMap<String, byte[]> files = new TreeMap<>(running.files());
            try (InputStream planted = SandboxIT.class.getResourceAsStream("/sandbox/planted.map.yaml")) {
                files.put("planted.map.yaml", planted.readAllBytes());
            }
            return BundleZip.write(BundleArchive.of(running.id(), files), Optional.empty());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpResponse<byte[]> post(String account, String path, byte[] body) {
        return client.send(account, path, request -> request.header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static SortedMap<String, String> unzipped(byte[] zip) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), new String(entries.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
