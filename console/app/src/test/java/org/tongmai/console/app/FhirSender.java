package org.tongmai.console.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A system that writes by FHIR over plain HTTP, and looks up what became of it. */
final class FhirSender {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Identifier system of the sample hospital's record numbers. */
    static final String RECORDS = "urn:oid:1.2.3.4.5";

    private final PlatformClient client;

    FhirSender(PlatformClient client) {
        this.client = client;
    }

    HttpResponse<byte[]> post(String path, String body) {
        return send("POST", path, body);
    }

    HttpResponse<byte[]> send(String method, String path, String body, String... headers) {
        return send("sender", path, request -> {
            boolean typed = String.join(" ", headers).contains("Content-Type");
            HttpRequest.Builder built = typed ? request : request.header("Content-Type", "application/fhir+json");
            if (headers.length > 0) {
                built = built.headers(headers);
            }
            return built.method(method, BodyPublishers.ofString(body));
        });
    }

    HttpResponse<byte[]> send(String account, String path, UnaryOperator<HttpRequest.Builder> request) {
        return client.send(account, "/fhir" + (path.isEmpty() ? "" : "/" + path), request);
    }

    JsonNode read(String path) {
        return client.json("/fhir/" + path);
    }

    /** The messages of a control id, newest first. */
    JsonNode messages(String controlId) {
        return client.json("/api/messages?controlId="
                        + controlId.replace("|", "%7C").replace("#", "%23"))
                .path("items");
    }

    /** Plays a request again; what the journal then says of that. */
    String replayed(String controlId) {
        String first = messages(controlId).path(0).path("id").asText();
        JsonNode replay = json(client.send(
                "operator", "/api/messages/" + first + "/replay", request -> request.POST(BodyPublishers.noBody())));
        if (!replay.path("parent").asText().equals(first)) {
            throw new AssertionError("found another parent: " + replay);
        }
        return client.json("/api/messages/" + replay.path("id").asText()).toString();
    }

    long stats(String name) {
        return client.stats().path(name).asLong();
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(text(answer), e);
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** The code of a refusal's first issue. */
    static String code(HttpResponse<byte[]> answer) {
        return json(answer).at("/issue/0/details/coding/0/code").asText();
    }

    static String element(HttpResponse<byte[]> answer) {
        return json(answer).at("/issue/0/expression/0").asText();
    }

    static String patient(String record, String name) {
        return """
                {"resourceType": "Patient", "name": [{"text": "%s"}], "gender": "female",
                 "identifier": [{"system": "%s", "value": "%s",
                  "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}}]}"""
                .formatted(name, RECORDS, record);
    }

    static String withId(String resource, String id) {
        return resource.replaceFirst("\\{", "{\"id\": \"" + id + "\", ");
    }

    /** A JSON Patch in a Bundle. */
    static String binary(String patch) {
        return "{\"resourceType\": \"Binary\", \"contentType\": \"application/json-patch+json\", \"data\": \"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)));
    }

    static String observation(String subject) {
        return """
                {"resourceType": "Observation", "status": "final",
                 "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}]},
                 "subject": {"reference": "%s"},
                 "valueQuantity": {"value": 7.20, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL"}}"""
                .formatted(subject);
    }

    static String entry(String fullUrl, String resource, String method, String url) {
        return "{\"fullUrl\": \"%s\", \"resource\": %s, \"request\": {\"method\": \"%s\", \"url\": \"%s\"}}"
                .formatted(fullUrl, resource, method, url);
    }

    static String bundle(String type, String number, String... entries) {
        return """
                {"resourceType": "Bundle", "type": "%s", "identifier": {"system": "urn:test", "value": "%s"},
                 "entry": [%s]}"""
                .formatted(type, number, String.join(",", entries));
    }

    /** A Patient and a result that refers to it by its place in the Bundle. */
    static String transaction(String number, String record) {
        String url = "urn:uuid:6d1f0f0e-3c0b-4f4e-9a55-000000000001";
        return bundle(
                "transaction",
                number,
                entry(url, patient(record, "虚构一"), "POST", "Patient"),
                entry("urn:uuid:6d1f0f0e-3c0b-4f4e-9a55-000000000002", observation(url), "POST", "Observation"));
    }
}
