package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.console.app.FhirSender.code;
import static org.tongmai.console.app.FhirSender.json;
import static org.tongmai.console.app.FhirSender.text;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BasicAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writing with a client that others wrote, with examples that others wrote, and with what nobody should write. */
class FhirClientIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final String EXAMPLES = "http://example.org/fhir/";

    private static PlatformClient plain;
    private static FhirSender fhir;
    private static IGenericClient client;

    @BeforeAll
    static void connect() {
        plain = PLATFORM.client();
        fhir = new FhirSender(plain);
        FhirContext context = FhirContext.forR4();
        context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        context.getRestfulClientFactory().setSocketTimeout(60_000);
        client = context.newRestfulGenericClient(
                "http://127.0.0.1:" + PLATFORM.ports().http() + "/fhir");
        client.registerInterceptor(new BasicAuthInterceptor("sender", plain.password("sender")));
    }

    @Test
    void a_patient_is_created_read_changed_patched_and_searched() {
        MethodOutcome created = client.create().resource(patient("C1")).execute();
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getId().getVersionIdPart()).isEqualTo("1");

        Patient read = client.read()
                .resource(Patient.class)
                .withId(created.getId().toUnqualifiedVersionless())
                .execute();
        read.setGender(Enumerations.AdministrativeGender.MALE);
        MethodOutcome updated = client.update().resource(read).execute();
        assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");
        assertThat(((Patient) updated.getResource()).getGender()).isEqualTo(Enumerations.AdministrativeGender.MALE);

        MethodOutcome patched = client.patch()
                .withBody("[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"other\"}]")
                .withId(created.getId().toUnqualifiedVersionless())
                .execute();
        assertThat(patched.getId().getVersionIdPart()).isEqualTo("3");

        Parameters byPath = new Parameters();
        Parameters.ParametersParameterComponent operation =
                byPath.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType("Patient.name[0].text"));
        operation.addPart().setName("value").setValue(new StringType("虚构新"));
        client.patch()
                .withFhirPatch(byPath)
                .withId(created.getId().toUnqualifiedVersionless())
                .execute();

        Bundle found = client.search()
                .forResource(Patient.class)
                .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(FhirSender.RECORDS, "C1"))
                .returnBundle(Bundle.class)
                .execute();
        Patient last = (Patient) found.getEntryFirstRep().getResource();
        assertThat(last.getGender()).isEqualTo(Enumerations.AdministrativeGender.OTHER);
        assertThat(last.getNameFirstRep().getText()).isEqualTo("虚构新");
        assertThat(last.getMeta().getVersionId()).isEqualTo("4");
    }

    @Test
    void a_patch_sent_again_is_answered_as_the_first_time_though_its_version_has_passed() {
        String id = json(fhir.post("Patient", FhirSender.patient("M123", "虚构")))
                .path("id")
                .asText();
        String patch = "[{\"op\": \"add\", \"path\": \"/active\", \"value\": true}]";
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> answer = fhir.send(
                    "PATCH",
                    "Patient/" + id,
                    patch,
                    "Content-Type",
                    "application/json-patch+json",
                    "If-Match",
                    "W/\"1\"",
                    "Idempotency-Key",
                    "P-1");
            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
            assertThat(answer.headers().firstValue("ETag")).contains("W/\"2\"");
        }
    }

    @Test
    void conditions_decide() {
        MethodOutcome first = client.create()
                .resource(patient("C2"))
                .conditionalByUrl("Patient?identifier=" + FhirSender.RECORDS + "|C2")
                .execute();
        MethodOutcome second = client.create()
                .resource(patient("C2").setActive(true))
                .conditionalByUrl("Patient?identifier=" + FhirSender.RECORDS + "|C2")
                .execute();
        assertThat(first.getCreated()).isTrue();
        assertThat(second.getCreated()).as("there is one").isNotEqualTo(true);
        assertThat(second.getId().toUnqualified()).isEqualTo(first.getId().toUnqualified());

        MethodOutcome updated = client.update()
                .resource(patient("C2").setActive(false))
                .conditionalByUrl("Patient?identifier=" + FhirSender.RECORDS + "|C2")
                .execute();
        assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");

        Patient old = patient("C2");
        old.setId(first.getId().toUnqualifiedVersionless());
        assertThatThrownBy(() -> client.update()
                        .resource(old)
                        .withAdditionalHeader("If-Match", "W/\"1\"")
                        .execute())
                .isInstanceOf(PreconditionFailedException.class);
        Patient stripped = new Patient();
        stripped.setId(first.getId().toUnqualifiedVersionless());
        stripped.addIdentifier().setSystem(FhirSender.RECORDS).setValue("C3");
        stripped.addName().setText("虚构");
        HttpResponse<byte[]> taken = fhir.send(
                "PUT",
                "Patient/" + first.getId().getIdPart(),
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(stripped));
        assertThat(code(taken)).as("the identifier it is known by").isEqualTo("TM-FHIR-0021");
    }

    @Test
    void a_transaction_of_entries_that_refer_to_each_other_in_a_ring_is_stored() {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (int i = 0; i < 3; i++) {
            Observation observation = new Observation();
            observation.setStatus(Observation.ObservationStatus.FINAL).getCode().setText("ring " + i);
            observation.addHasMember(new Reference("urn:uuid:ring-" + (i + 1) % 3));
            observation.setSubject(new Reference("Patient?identifier=" + FhirSender.RECORDS + "|C4"));
            bundle.addEntry()
                    .setFullUrl("urn:uuid:ring-" + i)
                    .setResource(observation)
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.POST)
                    .setUrl("Observation");
        }
        client.create().resource(patient("C4")).prefer(PreferReturnEnum.MINIMAL).execute();

        Bundle response = client.transaction().withBundle(bundle).execute();

        List<String> ids = response.getEntry().stream()
                .map(entry -> entry.getResponse().getLocation().replaceFirst("/_history.*", ""))
                .toList();
        JsonNode first = fhir.read(ids.get(0));
        assertThat(first.at("/hasMember/0/reference").asText()).isEqualTo(ids.get(1));
        assertThat(first.at("/subject/reference").asText()).startsWith("Patient/");
    }

    @Test
    void too_much_is_refused_and_the_next_request_is_served() {
        StringBuilder wide = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{}");
        wide.append(",{}".repeat(99_999)).append("]}");
        HttpResponse<byte[]> answer = fhir.post("", wide.toString());
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(413);
        assertThat(code(answer)).isEqualTo("TM-FHIR-0017");

        for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
            assertThat(code(fhir.post("Patient", deep))).isEqualTo("TM-FHIR-0017");
        }
        assertThat(code(fhir.post("Patient", "[" + "1,".repeat(4_000_000) + "1]")))
                .isEqualTo("TM-FHIR-0017");
        assertThat(fhir.send("POST", "Patient", " ".repeat(17 << 20)).statusCode())
                .isEqualTo(413);
        assertThat(client.create().resource(patient("C5")).execute().getCreated())
                .isTrue();
    }

    @Test
    void a_body_that_stops_coming_is_refused_with_a_code() throws IOException {
        String login = "sender:" + plain.password("sender");
        String head = "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n"
                + "Content-Length: 100\r\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n\r\n{";
        try (Socket socket = new Socket("127.0.0.1", PLATFORM.ports().http())) {
            socket.setSoTimeout(45_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("OperationOutcome")
                    .contains("TM-CONSOLE-0017");
        }
    }

    @Test
    void every_example_is_stored_or_refused_with_a_code_and_what_is_stored_reads_back() throws IOException {
        TreeMap<String, JsonNode> examples = examples(writable());
        TreeMap<String, Integer> answers = new TreeMap<>();
        for (String name : examples.keySet()) {
            Set<String> together = new LinkedHashSet<>();
            collect(name, examples, together);
            String[] entries = together.stream()
                    .map(each -> FhirSender.entry(
                            EXAMPLES + each,
                            examples.get(each).toString(),
                            "POST",
                            each.substring(0, each.indexOf('/'))))
                    .toArray(String[]::new);
            HttpResponse<byte[]> answer = fhir.send(
                    "POST", "", FhirSender.bundle("transaction", name, entries), "Prefer", "return=representation");
            assertThat(answer.statusCode()).as(text(answer)).isLessThan(500);
            answers.merge(
                    answer.statusCode() < 300 ? "stored" : answer.statusCode() + " " + code(answer), 1, Integer::sum);
            for (JsonNode entry : json(answer).path("entry")) {
                JsonNode stored = entry.path("resource");
                String reference = stored.path("resourceType").asText() + "/"
                        + stored.path("id").asText();
                assertThat(fhir.read(reference).path("identifier")).isEqualTo(stored.path("identifier"));
            }
        }
        assertThat(answers.keySet())
                .as(answers.toString())
                .isSubsetOf("stored", "400 TM-FHIR-0014", "422 TM-FHIR-0022", "422 TM-FHIR-0023");
        assertThat(answers.get("stored")).as(answers.toString()).isGreaterThan(40);
        System.out.println("FHIR examples: " + answers);
    }

    /** An example with those it refers to, and those they refer to. */
    private static void collect(String name, Map<String, JsonNode> examples, Set<String> together) {
        if (examples.containsKey(name) && together.add(name)) {
            examples.get(name)
                    .findValuesAsText("reference")
                    .forEach(reference -> collect(reference, examples, together));
        }
    }

    private static Set<String> writable() {
        Set<String> types = new TreeSet<>();
        fhir.read("metadata").at("/rest/0/resource").forEach(resource -> {
            if (resource.path("interaction").findValuesAsText("code").contains("create")) {
                types.add(resource.path("type").asText());
            }
        });
        return types;
    }

    @Test
    void metadata_promises_what_is_done() {
        JsonNode rest = fhir.read("metadata").at("/rest/0");
        assertThat(rest.path("interaction").findValuesAsText("code")).containsExactlyInAnyOrder("transaction", "batch");
        for (JsonNode resource : rest.path("resource")) {
            if (resource.path("type").asText().equals("Patient")) {
                assertThat(resource.path("interaction").findValuesAsText("code"))
                        .contains("create", "update", "patch");
                assertThat(resource.path("updateCreate").asBoolean()).isFalse();
                assertThat(resource.path("conditionalCreate").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void the_client_says_what_it_wants_to_see() {
        String patient = FhirSender.patient("M113", "虚构");
        HttpResponse<byte[]> minimal = fhir.send("POST", "Patient", patient, "Prefer", "return=minimal");
        assertThat(minimal.statusCode()).isEqualTo(201);
        assertThat(minimal.body()).isEmpty();
        assertThat(minimal.headers().firstValue("Location").orElseThrow())
                .contains("/fhir/Patient/")
                .endsWith("/_history/1");
        assertThat(minimal.headers().firstValue("ETag")).contains("W/\"1\"");
        assertThat(minimal.headers().firstValue("Last-Modified").orElseThrow()).endsWith(" GMT");
        HttpResponse<byte[]> outcome = fhir.send("POST", "Patient", patient, "Prefer", "return=OperationOutcome");
        assertThat(outcome.statusCode()).isEqualTo(200);
        assertThat(json(outcome).path("resourceType").asText()).isEqualTo("OperationOutcome");
        String bundle = FhirSender.bundle("transaction", "T-113", FhirSender.entry("", patient, "POST", "Patient"));
        assertThat(json(fhir.send("POST", "", bundle, "Prefer", "return=representation"))
                        .at("/entry/0/resource/name/0/text"))
                .hasToString("\"虚构\"");
    }

    @Test
    void xml_is_taken_and_answered() {
        String xml =
                """
                <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/><entry>
                 <fullUrl value="urn:uuid:1"/><resource><Patient>
                  <identifier><system value="%s"/><value value="M109"/></identifier><name><text value="虚构九"/></name>
                 </Patient></resource><request><method value="POST"/><url value="Patient"/></request></entry><entry>
                 <fullUrl value="urn:uuid:2"/><resource><Observation><status value="final"/><code><text value="x"/></code>
                  <subject><reference value="urn:uuid:1"/></subject><valueQuantity><value value="1.50"/></valueQuantity>
                 </Observation></resource><request><method value="POST"/><url value="Observation"/></request></entry>
                </Bundle>"""
                        .formatted(FhirSender.RECORDS);
        HttpResponse<byte[]> answer = fhir.send(
                "POST",
                "",
                xml,
                "Content-Type",
                "application/fhir+xml",
                "Accept",
                "application/fhir+xml",
                "X-Request-ID",
                "X-1");

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(text(answer)).startsWith("<Bundle").contains("201 Created");
        String id =
                fhir.read("Patient?identifier=M109").at("/entry/0/resource/id").asText();
        assertThat(text(plain.get("/fhir/Observation?patient=" + id))).contains("\"value\":1.50");
        assertThat(new String(
                        plain.get("/api/messages/"
                                        + fhir.messages("X-1")
                                                .path(0)
                                                .path("id")
                                                .asText() + "/raw")
                                .body(),
                        StandardCharsets.UTF_8))
                .endsWith(xml);
    }

    /** The examples of these types by {@code Type/id}; of several with one id the first. */
    private static TreeMap<String, JsonNode> examples(Set<String> types) throws IOException {
        TreeMap<String, JsonNode> examples = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CorpusFiles.root().resolve("fhir"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                try {
                    JsonNode read = FhirSender.JSON.readTree(Files.readAllBytes(file));
                    String type = read.path("resourceType").asText();
                    if (types.contains(type) && read.hasNonNull("id")) {
                        examples.putIfAbsent(type + "/" + read.path("id").asText(), read);
                    }
                } catch (JsonProcessingException notJson) {
                    continue;
                }
            }
        }
        return examples;
    }

    private static Patient patient(String record) {
        Patient patient = new Patient();
        patient.addIdentifier()
                .setSystem(FhirSender.RECORDS)
                .setValue(record)
                .getType()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v2-0203")
                .setCode("MR");
        patient.addName().setText("虚构甲");
        patient.setGender(Enumerations.AdministrativeGender.FEMALE);
        return patient;
    }
}
