package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Shared documents on the real platform: made of what a hospital sent, registered, searched, replaced, exported. */
@TestMethodOrder(OrderAnnotation.class)
class DocumentsIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = SourceTree.root().resolve("mappings");

    private static PlatformClient client;
    private static String patient;
    private static String first;

    @BeforeAll
    static void admit() throws IOException {
        client = PLATFORM.client();
        try (InputStream message = DocumentsIT.class.getResourceAsStream("/hl7/admit.hl7")) {
            assertThat(PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message.readAllBytes()))
                    .contains("MSA|AA");
        }
        JsonNode found = client.json("/fhir/Patient");
        patient = found.path("entry").path(0).path("resource").path("id").asText();
    }

    @Test
    @Order(1)
    void a_document_is_made_of_what_a_hospital_sent_and_registered() throws IOException {
        JsonNode made = order("", 201);
        first = made.path("id").asText();
        assertThat(made.path("type").asText()).isEqualTo("C0038");
        assertThat(made.path("version").asInt()).isEqualTo(1);
        assertThat(made.path("patient").asText()).isEqualTo("Patient/" + patient);
        assertThat(made.path("issues"))
                .isNotEmpty()
                .allMatch(issue -> issue.path("code").asText().startsWith("TM-CDA-001"));
        String xml = text(client.get("/api/documents/" + first + "/content"));
        assertThat(xml).contains("<code code=\"C0038\"").contains("虚构市第一医院");
        JsonNode fhir = client.json("/fhir/DocumentReference?type=C0038&patient=" + patient);
        assertThat(fhir.path("entry").path(0).path("resource").path("id").asText())
                .isEqualTo(first);
        JsonNode messages = client.json("/api/messages?type=document%5EC0038").path("items");
        assertThat(messages).as("journalled as every message is").hasSize(1);
        String message = messages.path(0).path("id").asText();
        assertThat(text(client.get("/api/messages/" + message + "/raw"))).isEqualTo(xml);
        assertThat(client.json("/api/messages/" + message).path("deliveries")).isNotEmpty();
    }

    @Test
    @Order(2)
    void a_new_version_supersedes_the_old_one_and_both_are_found() throws IOException {
        JsonNode second = order(first, 201);
        assertThat(second.path("version").asInt()).isEqualTo(2);
        JsonNode old = client.json("/api/documents/" + first);
        assertThat(old.path("status").asText()).isEqualTo("superseded");
        assertThat(second.path("replaces").asText())
                .isEqualTo(old.path("documentId").asText());
        assertThat(second.path("setId").asText()).isEqualTo(old.path("setId").asText());
        assertThat(ids("?patient=" + patient)).hasSize(2);
        assertThat(ids("?type=C0038&status=current"))
                .containsExactly(second.path("id").asText());
        assertThat(ids("?organization=12310000425001234X&from=2020-01-01")).hasSize(2);
        assertThat(ids("?organization=other")).isEmpty();
        assertThat(ids("?to=2020-01-01")).isEmpty();
    }

    @Test
    @Order(3)
    void a_received_document_is_registered_once_and_another_content_under_its_number_is_refused() throws IOException {
        byte[] xml = Files.readAllBytes(GOLDEN.resolve("cda-to-fhir/golden/foreign-ccd.document.xml"));
        assertThat(client.post("/api/documents", "application/xml", xml).statusCode())
                .isEqualTo(201);
        assertThat(client.post("/api/documents", "application/xml", xml).statusCode())
                .isEqualTo(200);
        byte[] other =
                new String(xml, StandardCharsets.UTF_8).replace("13.2", "9.9").getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> conflict = client.post("/api/documents", "application/xml", other);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(text(conflict)).contains("TM-CONSOLE-0033");
        assertThat(ids("?documentId=CCD-1")).hasSize(1);
        JsonNode stored = client.json("/fhir/Condition?code=195967001");
        assertThat(stored.path("entry")).hasSize(1);
    }

    @Test
    @Order(4)
    void documents_leave_as_a_package_with_an_index() throws IOException {
        Map<String, String> files = new TreeMap<>();
        byte[] zip = client.get("/api/documents/export?patient=" + patient).body();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(files).hasSize(3).containsKey("index.csv");
        assertThat(files.get("index.csv").lines()).hasSize(3);
        assertThat(files.get("documents/" + first + ".xml")).contains("<ClinicalDocument");
    }

    @Test
    @Order(5)
    void conversion_keeps_nothing_and_answers_result_and_issues() throws IOException {
        byte[] bundle = Files.readAllBytes(GOLDEN.resolve("fhir-to-cda/golden/c0007-laboratory-report.bundle.json"));
        HttpResponse<byte[]> there =
                client.post("/api/convert/fhir-to-cda?type=C0007", "application/fhir+json", bundle);
        assertThat(there.statusCode()).isEqualTo(200);
        String xml = JSON.readTree(there.body()).path("result").asText();
        assertThat(xml)
                .isEqualTo(Files.readString(GOLDEN.resolve("fhir-to-cda/golden/c0007-laboratory-report.cda.xml")));
        HttpResponse<byte[]> back =
                client.post("/api/convert/cda-to-fhir", "application/xml", xml.getBytes(StandardCharsets.UTF_8));
        JsonNode answer = JSON.readTree(back.body());
        assertThat(answer.path("result").path("resourceType").asText()).isEqualTo("Bundle");
        assertThat(answer.path("issues")).isEmpty();
        assertThat(ids("?type=C0007")).isEmpty();
        byte[] large = new byte[(10 << 20) + 1];
        assertThat(client.post("/api/convert/cda-to-fhir", "application/xml", large)
                        .statusCode())
                .isEqualTo(413);
    }

    private static JsonNode order(String replaces, int status) throws IOException {
        String body = JSON.createObjectNode()
                .put("patient", patient)
                .put("replaces", replaces)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "author",
                        JSON.createObjectNode().put("number", "D000001").put("name", "医师乙"))
                .set(
                        "custodian",
                        JSON.createObjectNode()
                                .put("number", "12310000425001234X")
                                .put("name", "虚构市第一医院"))
                .toString();
        HttpResponse<byte[]> answer =
                client.post("/api/documents/C0038", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        client.json("/api/documents" + query)
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
