package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.console.app.FhirSender.bundle;
import static org.tongmai.console.app.FhirSender.code;
import static org.tongmai.console.app.FhirSender.element;
import static org.tongmai.console.app.FhirSender.entry;
import static org.tongmai.console.app.FhirSender.json;
import static org.tongmai.console.app.FhirSender.observation;
import static org.tongmai.console.app.FhirSender.patient;
import static org.tongmai.console.app.FhirSender.text;
import static org.tongmai.console.app.FhirSender.transaction;
import static org.tongmai.console.app.FhirSender.withId;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Writing by FHIR on the real platform: journalled, stored and delivered as one, answered after it. */
class FhirWriteIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static PlatformClient client;
    private static FhirSender fhir;

    @BeforeAll
    static void connect() {
        client = PLATFORM.client();
        fhir = new FhirSender(client);
    }

    @AfterAll
    static void stop() throws IOException {
        PLATFORM.stop();
        for (Path log : PLATFORM.logs()) {
            assertThat(Files.readString(log)).doesNotContain("虚构", "M100", "1980-02-31");
        }
    }

    @Test
    void a_transaction_is_journalled_stored_delivered_and_answered() {
        String bundle = transaction("T-100", "M100");
        HttpResponse<byte[]> answer = fhir.post("", bundle);

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        JsonNode response = json(answer);
        assertThat(response.path("type").asText()).isEqualTo("transaction-response");
        assertThat(response.at("/entry/0/response/status").asText()).startsWith("201");
        assertThat(response.at("/entry/0/response/location").asText()).matches("Patient/[0-9a-z]{26}/_history/1");
        assertThat(response.at("/entry/1/response/etag").asText()).isEqualTo("W/\"1\"");
        String observation = response.at("/entry/1/response/location").asText().replaceFirst("/_history.*", "");
        JsonNode stored = fhir.read(observation);
        assertThat(response.at("/entry/0/response/location").asText())
                .startsWith(stored.at("/subject/reference").asText() + "/");

        JsonNode message = fhir.messages("urn:test|T-100").path(0);
        assertThat(message.path("type").asText()).isEqualTo("transaction");
        assertThat(message.path("sender").asText()).isEqualTo("sender");
        HttpResponse<byte[]> raw =
                client.get("/api/messages/" + message.path("id").asText() + "/raw");
        assertThat(text(raw)).startsWith("POST / HTTP/1.1\r\n").endsWith(bundle);
        await().atMost(LIMIT).until(() -> fhir.messages("urn:test|T-100")
                .path(0)
                .path("state")
                .asText()
                .equals("DELIVERED"));
        JsonNode journey = client.json("/api/messages/" + message.path("id").asText());
        assertThat(journey.path("topic").asText()).isEqualTo("results");
        assertThat(journey.path("deliveries")).isNotEmpty();
    }

    @Test
    void a_repeat_is_answered_as_the_first_time_and_stores_nothing_twice() {
        String bundle = transaction("T-101", "M101");
        JsonNode first = json(fhir.post("", bundle));
        long stored = fhir.stats("stored");
        long duplicates = fhir.stats("duplicates");

        JsonNode second = json(fhir.post("", bundle));

        assertThat(second.path("entry")).isEqualTo(first.path("entry"));
        assertThat(fhir.messages("urn:test|T-101")).hasSize(1);
        assertThat(fhir.stats("stored")).isEqualTo(stored);
        assertThat(fhir.stats("duplicates")).isEqualTo(duplicates + 1);
    }

    @Test
    void a_repeat_by_another_address_is_the_same_request() {
        fhir.post("Patient", patient("M120", "虚构二十"));
        String body = observation("Patient?identifier=" + FhirSender.RECORDS + "|M120");
        List<String> locations = new ArrayList<>();
        for (String host : List.of("127.0.0.1", "localhost")) {
            HttpResponse<byte[]> answer = fhir.send("sender", "Observation", request -> {
                String address = request.copy().build().uri().toString();
                return request.uri(URI.create(address.replace("127.0.0.1", host)))
                        .headers("Content-Type", "application/fhir+json", "Idempotency-Key", "I-120")
                        .POST(BodyPublishers.ofString(body));
            });
            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
            locations.add(answer.headers().firstValue("Location").orElse("").replaceFirst("^.*/Observation/", ""));
        }

        assertThat(locations.get(1)).isEqualTo(locations.get(0));
        assertThat(fhir.messages("I-120")).hasSize(1);
    }

    @Test
    void a_number_used_again_for_something_else_is_another_request() {
        fhir.post("", transaction("T-111", "M111"));
        JsonNode other = json(fhir.post("", transaction("T-111", "M112")));

        assertThat(other.path("entry").findValuesAsText("status")).containsOnly("201 Created");
        assertThat(fhir.messages("urn:test|T-111")).hasSize(2);
        assertThat(fhir.messages("urn:test|T-111").toString()).contains("TM-JOURNAL-0004");
        for (String record : List.of("M111", "M112")) {
            String patient = fhir.read("Patient?identifier=" + record)
                    .at("/entry/0/resource/id")
                    .asText();
            assertThat(fhir.read("Observation?patient=" + patient).path("entry"))
                    .as(record)
                    .hasSize(1);
        }
    }

    @Test
    void one_request_sent_by_many_at_once_is_stored_once_and_all_are_answered_alike() throws Exception {
        String bundle = transaction("T-102", "M102");
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Future<JsonNode>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(senders.submit(() -> json(fhir.post("", bundle)).path("entry")));
        }
        for (Future<JsonNode> answer : answers) {
            assertThat(answer.get()).isEqualTo(answers.get(0).get()).hasSize(2);
        }
        senders.shutdown();
        assertThat(fhir.messages("urn:test|T-102")).hasSize(1);
        String patient =
                answers.get(0).get().at("/0/response/location").asText().split("/")[1];
        assertThat(fhir.read("Observation?patient=" + patient).path("entry")).hasSize(1);
    }

    @Test
    void nothing_of_a_transaction_is_stored_when_one_entry_is_refused() {
        String url = "urn:uuid:6d1f0f0e-3c0b-4f4e-9a55-000000000001";
        HttpResponse<byte[]> answer = fhir.post(
                "",
                bundle(
                        "transaction",
                        "T-103",
                        entry(url, patient("M103", "虚构三"), "POST", "Patient"),
                        entry("urn:uuid:2", observation("Patient/absent"), "POST", "Observation")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(code(answer)).isEqualTo("TM-FHIR-0022");
        assertThat(element(answer)).isEqualTo("Bundle.entry[1].resource.subject.reference");
        assertThat(fhir.read("Patient?identifier=M103").path("entry")).isEmpty();
        JsonNode message = fhir.messages("urn:test|T-103").path(0);
        assertThat(message.path("state").asText()).isEqualTo("REFUSED");
        assertThat(message.path("errorCode").asText()).isEqualTo("TM-FHIR-0022");
        assertThat(text(client.get("/api/messages/" + message.path("id").asText() + "/raw")))
                .contains("虚构三");
    }

    @Test
    void transactions_about_one_patient_are_stored_in_the_order_they_are_sent() throws Exception {
        ExecutorService sender = Executors.newSingleThreadExecutor();
        String id = "";
        for (int i = 1; i <= 10; i++) {
            String name = "虚构" + i;
            String bundle = bundle("transaction", "T-O" + i, entry("", patient("M104", name), "POST", "Patient"));
            id = sender.submit(() -> json(fhir.post("", bundle)))
                    .get()
                    .at("/entry/0/response/location")
                    .asText();
            assertThat(id).endsWith("/_history/" + i);
        }
        sender.shutdown();
        JsonNode history = fhir.read(id.replaceFirst("/_history/.*", "/_history"));
        for (int i = 0; i < 10; i++) {
            assertThat(history.at("/entry/" + i + "/resource/name/0/text").asText())
                    .isEqualTo("虚构" + (10 - i));
        }
    }

    @Test
    void a_patient_of_hl7_v2_and_of_fhir_is_one() throws IOException {
        try (InputStream message = FhirWriteIT.class.getResourceAsStream("/hl7/admit.hl7")) {
            assertThat(PlatformClient.exchange(PLATFORM.ports().mllpAdt(), message.readAllBytes()))
                    .contains("MSA|AA");
        }
        JsonNode known = fhir.read("Patient?identifier=H2000001").at("/entry/0/resource");
        ObjectNode sent = FhirSender.JSON.createObjectNode().put("resourceType", "Patient");
        sent.set("identifier", known.path("identifier"));
        sent.putArray("telecom").addObject().put("system", "phone").put("value", "02100000000");

        HttpResponse<byte[]> answer = fhir.post("Patient?_format=json&_pretty=true", sent.toString());

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(json(answer).path("id")).isEqualTo(known.path("id"));
        assertThat(json(answer).path("name")).as("what was not said stays").isEqualTo(known.path("name"));
        assertThat(json(answer).at("/telecom/0/value").asText()).isEqualTo("02100000000");
        await("the index").atMost(LIMIT).untilAsserted(() -> {
            String person = known.path("id").asText();
            assertThat(client.get("/api/patient-index/" + person).statusCode()).isEqualTo(200);
        });
    }

    @Test
    void a_batch_takes_each_entry_by_itself() {
        HttpResponse<byte[]> answer = fhir.post(
                "",
                bundle(
                        "batch",
                        "B-1",
                        entry("", patient("M105", "虚构五"), "POST", "Patient"),
                        entry("", observation("Patient/absent"), "POST", "Observation"),
                        entry("", "{\"resourceType\": \"Nonsense\"}", "POST", "Nonsense"),
                        entry("", patient("M106", "虚构六"), "PUT", "Patient?identifier=M106")));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode entries = json(answer).path("entry");
        assertThat(entries.findValuesAsText("status")).containsExactly("201 Created", "422", "404", "201 Created");
        assertThat(entries.at("/1/response/outcome/issue/0/details/coding/0/code")
                        .asText())
                .isEqualTo("TM-FHIR-0022");
        assertThat(fhir.messages("urn:test|B-1#0").path(0).path("state").asText())
                .isNotEqualTo("REFUSED");
        assertThat(fhir.messages("urn:test|B-1#1").path(0).path("state").asText())
                .isEqualTo("REFUSED");
    }

    @Test
    void a_message_is_answered_by_a_message() {
        String content =
                """
                {"resourceType": "Bundle", "type": "message", "timestamp": "%s", "entry": [
                 {"fullUrl": "urn:uuid:a", "resource": {"resourceType": "MessageHeader", "id": "MSG-1",
                   "eventCoding": {"system": "urn:test:events", "code": "admit"},
                   "source": {"endpoint": "urn:his"}, "focus": [{"reference": "urn:uuid:b"}]}},
                 {"fullUrl": "urn:uuid:b", "resource": %s},
                 {"fullUrl": "urn:uuid:c", "resource": %s}]}""";
        String message =
                content.formatted("2026-11-26T10:00:00+08:00", patient("M107", "虚构七"), observation("urn:uuid:b"));

        JsonNode answer = json(fhir.post("$process-message", message));

        assertThat(answer.path("type").asText()).isEqualTo("message");
        JsonNode header = answer.at("/entry/0/resource");
        assertThat(header.at("/response/identifier").asText()).isEqualTo("MSG-1");
        assertThat(header.at("/response/code").asText()).isEqualTo("ok");
        assertThat(header.at("/eventCoding/code").asText()).isEqualTo("admit");
        JsonNode journalled = fhir.messages("MSG-1").path(0);
        assertThat(journalled.path("sender").asText()).isEqualTo("sender|urn:his");
        assertThat(journalled.path("type").asText()).isEqualTo("message^admit");

        String later = message.replace("T10:00", "T10:05");
        assertThat(json(fhir.post("$process-message", later)).at("/entry/0/resource/focus"))
                .isEqualTo(header.path("focus"));
        assertThat(fhir.messages("MSG-1")).as("sent again, with another time").hasSize(1);

        HttpResponse<byte[]> refused = fhir.post(
                "$process-message",
                content.formatted("2026-11-26T10:10:00Z", patient("M107", "x"), observation("urn:uuid:d")));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).at("/entry/0/resource/response/code").asText()).isEqualTo("fatal-error");
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/fhir-write/refusals.csv",
            numLinesToSkip = 1,
            delimiter = ';',
            quoteCharacter = '`',
            maxCharsPerColumn = 2000)
    void a_refusal_says_code_and_element(
            String what,
            String method,
            String path,
            String header,
            String body,
            int status,
            String code,
            String element) {
        String[] headers = header == null ? new String[0] : header.split(": ", 2);
        HttpResponse<byte[]> answer = fhir.send(method, path == null ? "" : path, body == null ? "" : body, headers);

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(element(answer)).isEqualTo(element == null ? "" : element);
    }

    @Test
    void who_only_watches_or_reads_may_not_write() {
        for (String account :
                "viewer operator engineer administrator security-administrator audit-administrator service"
                        .split(" ")) {
            for (String path : List.of("", "Patient", "$process-message")) {
                HttpResponse<byte[]> answer =
                        fhir.send(account, path, request -> request.header("Content-Type", "application/fhir+json")
                                .POST(BodyPublishers.ofString(patient("M108", "虚构八"))));
                assertThat(answer.statusCode()).as(account).isEqualTo(403);
            }
        }
        assertThat(fhir.read("Patient?identifier=M108").path("entry")).isEmpty();
    }

    @Test
    void who_may_not_see_patient_data_sees_nothing_that_the_sender_chose() {
        fhir.post("", transaction("T-ZHANG", "M130"));
        JsonNode shown =
                json(client.send("viewer", "/api/messages?controlId=urn:test%7CT-ZHANG", request -> request.GET()));
        assertThat(shown.path("items")).hasSize(1);
        assertThat(shown.toString()).doesNotContain("ZHANG").contains("\"transaction\"", "\"sender\"");
    }

    @Test
    void a_refused_request_is_played_again_when_what_it_needs_is_there() {
        String search = "Patient?identifier=" + FhirSender.RECORDS + "|M110";
        HttpResponse<byte[]> refused = fhir.send("POST", "Observation", observation(search), "X-Request-ID", "R-1");
        assertThat(code(refused)).isEqualTo("TM-FHIR-0022");
        assertThat(fhir.post("Patient", patient("M110", "虚构十")).statusCode()).isEqualTo(201);
        assertThat(fhir.replayed("R-1")).contains("Observation/");
        assertThat(fhir.read("Observation?subject:Patient="
                                + fhir.read("Patient?identifier=M110")
                                        .at("/entry/0/resource/id")
                                        .asText())
                        .path("entry"))
                .hasSize(1);
    }

    @Test
    void a_request_that_was_judged_wrong_is_judged_again_when_it_is_played_again() {
        String wrong = patient("M124", "虚构").replace("female", "perhaps");
        assertThat(code(fhir.send("POST", "Patient", wrong, "X-Request-ID", "R-2")))
                .isEqualTo("TM-FHIR-0023");
        assertThat(fhir.replayed("R-2")).contains("TM-FHIR-0023");
        assertThat(fhir.read("Patient?identifier=M124").path("entry")).isEmpty();
    }

    @Test
    void an_update_played_again_does_not_take_back_what_was_written_since() {
        String id =
                json(fhir.post("Patient", patient("M121", "虚构甲"))).path("id").asText();
        for (int i = 1; i <= 2; i++) {
            String update = withId(patient("M121", "虚构" + i), id);
            assertThat(fhir.send("PUT", "Patient/" + id, update, "X-Request-ID", "R-PUT-" + i)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(fhir.replayed("R-PUT-1")).contains("TM-FHIR-0028");
        assertThat(fhir.read("Patient/" + id).at("/name/0/text").asText()).isEqualTo("虚构2");
    }

    @Test
    void a_patch_in_a_batch_sees_what_the_entries_before_it_leave() {
        String id = json(fhir.post("Patient", patient("M122", "虚构"))).path("id").asText();
        String patch = "[{\"op\": \"add\", \"path\": \"/name/0/text\", \"value\": \"%s\"}]";
        for (int i = 0; i < 5; i++) {
            JsonNode answer = json(fhir.post(
                    "",
                    bundle(
                            "batch",
                            "B-P" + i,
                            entry("", withId(patient("M122", "虚构"), id), "PUT", "Patient/" + id),
                            entry("", FhirSender.binary(patch.formatted("虚构" + i)), "PATCH", "Patient/" + id))));
            assertThat(answer.findValuesAsText("status")).containsExactly("200 OK", "200 OK");
            assertThat(fhir.read("Patient/" + id).at("/name/0/text").asText()).isEqualTo("虚构" + i);
        }
    }

    @Test
    void the_example_of_the_bundle_is_taken() throws IOException {
        Path example = SourceTree.root().resolve("routes/bundles/fhir-in/test/transaction.json");
        assertThat(fhir.post("", Files.readString(example)).statusCode()).isEqualTo(200);
    }
}
