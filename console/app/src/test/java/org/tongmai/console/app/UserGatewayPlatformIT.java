package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The user gateway on the real platform: people of the real patient index, a guardianship recorded by REST. */
class UserGatewayPlatformIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MOTHER = "11010519491231002X";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ECKey key;
    private static HttpServer service;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static PlatformClient client;

    @BeforeAll
    static void open() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        client = PLATFORM.client();
        service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        service.setExecutor(THREADS);
        service.createContext("/", exchange -> {
            byte[] fine = "fine".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, fine.length);
            exchange.getResponseBody().write(fine);
            exchange.close();
        });
        service.start();
        publish();
    }

    @AfterAll
    static void close() {
        service.stop(0);
        THREADS.shutdownNow();
    }

    @Test
    void a_user_sees_what_the_index_says_is_hers_and_a_ward_s_only_while_she_is_guardian() throws Exception {
        String mother = patient("虚构芳", "1949-12-31", MOTHER);
        String child = patient("虚构宝", "2019-03-07", "");
        String stranger = patient("虚构六", "1990-03-07", "");

        assertThat(call(mother)).isEqualTo("fine");
        assertThat(call(child)).contains("TM-GATE-0071");
        assertThat(call(stranger)).contains("TM-GATE-0071");
        JsonNode recorded = client.post(
                "operator",
                "/api/patient-index/guardianships",
                JSON.writeValueAsString(
                        Map.of("guardian", mother, "ward", child, "kind", "MINOR", "reason", "birth certificate")));
        await().atMost(LIMIT).until(() -> call(child).equals("fine"));
        assertThat(call(stranger)).contains("TM-GATE-0071");

        client.post(
                "operator",
                "/api/patient-index/guardianships/" + recorded.path("number").asText() + "/end",
                "{\"reason\": \"court order\"}");
        await().atMost(LIMIT).until(() -> call(child).contains("TM-GATE-0071"));
        assertThat(client.json("/api/patient-index/guardianships?person=" + child)
                        .at("/0/ended/reason")
                        .asText())
                .isEqualTo("court order");
        assertThat(client.json("/api/gateway/services/records/ownership-proposals"))
                .isEmpty();

        assertThat(get("/learnt/" + mother)).isEqualTo("fine");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(client.json("/api/gateway/services/learnt/ownership-proposals")
                                .at("/0/policy/name")
                                .asText())
                        .isEqualTo("patient"));
    }

    @Test
    void calls_are_written_masked_into_a_log_of_their_own() throws Exception {
        assertThat(call("nobody-8899")).contains("TM-GATE-0071");

        Path access = PLATFORM.data().resolve("logs/access.log");
        await().atMost(LIMIT).until(() -> Files.readString(access).contains("{\"patient\":\"*11\"}"));
        assertThat(Files.readString(access)).contains("\"service\":\"records\"");
        for (Path log : PLATFORM.logs()) {
            assertThat(Files.readString(log)).as(log.toString()).doesNotContain("nobody-8899", MOTHER);
            assertThat(log.equals(access) || !Files.readString(log).contains("\"service\":\"records\""))
                    .as(log.toString())
                    .isTrue();
        }
    }

    @Test
    void users_are_not_denied_by_pseudonyms_that_change_with_every_start() {
        String denying =
                """
                {"identityProviders": [{"id": "residents", "deniedUsers": ["0123456789abcdef"],
                   "subject": {"claim": "id_no", "system": "urn:oid:2.16.156.10011.1.3"},
                   "jwt": {"issuer": "https://id.example", "audience": ["a"], "keysUrl": "https://id.example/keys"}}]}""";

        HttpResponse<byte[]> refused = client.send(
                "security-administrator", "/api/gateway/rules?basedOn=1&note=denied", request -> request.header(
                                "Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(denying)));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .contains("TM-GATE-0040", "identityProviders[residents].deniedUsers", "pseudonym-key-file");
    }

    private static String patient(String name, String birthDate, String number) throws Exception {
        ObjectNode patient = (ObjectNode) JSON.readTree(FhirSender.patient("R" + birthDate, name));
        patient.put("birthDate", birthDate);
        if (!number.isEmpty()) {
            patient.withArray("identifier")
                    .addObject()
                    .put("system", "urn:oid:2.16.156.10011.1.3")
                    .put("value", number);
        }
        String body = patient.toString();
        HttpResponse<byte[]> answer = new FhirSender(client).post("Patient", body);
        assertThat(answer.statusCode()).as(FhirSender.text(answer)).isEqualTo(201);
        String id = answer.headers().firstValue("location").orElseThrow().replaceFirst(".*Patient/([^/]+).*", "$1");
        await().atMost(LIMIT).until(() -> client.get("/api/patient-index/" + id).statusCode() == 200);
        return id;
    }

    private static void publish() throws Exception {
        String rules =
                """
                {"identityProviders": [{"id": "residents",
                   "subject": {"claim": "id_no", "system": "urn:oid:2.16.156.10011.1.3"},
                   "jwt": {"issuer": "https://id.example", "audience": ["tongmai"], "keys": %s}}],
                 "services": [{"id": "records", "gateways": ["USER"], "methods": ["GET"], "path": "/records/{patient}",
                   "transport": {"kind": "http", "targets": [{"url": "http://127.0.0.1:%d"}]},
                   "log": {"level": "FULL"},
                   "access": {"identity": "USER", "user": {"provider": "residents"}, "ownership": {"policies": [
                     {"in": "PATH", "name": "patient", "system": "Patient", "who": "SELF_OR_WARD"}]}}},
                  {"id": "learnt", "gateways": ["USER"], "methods": ["GET"], "path": "/learnt/{patient}",
                   "transport": {"kind": "http", "targets": [{"url": "http://127.0.0.1:%<d"}]},
                   "access": {"identity": "USER", "user": {"provider": "residents"},
                     "ownership": {"mode": "LEARN", "learnSystems": ["Patient"]}}}]}"""
                        .formatted(
                                JSON.writeValueAsString(new JWKSet(key.toPublicJWK()).toString()),
                                service.getAddress().getPort());
        assertThat(client.post("security-administrator", "/api/gateway/rules?basedOn=0&note=users", rules)
                        .path("revision")
                        .asLong())
                .isEqualTo(1);
    }

    private static String call(String patient) throws Exception {
        return get("/records/" + patient);
    }

    private static String get(String path) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://id.example")
                        .audience("tongmai")
                        .claim("id_no", MOTHER)
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(new ECDSASigner(key));
        URI target = URI.create("http://127.0.0.1:" + PLATFORM.ports().gatewayUser() + path);
        return HTTP.send(
                        HttpRequest.newBuilder(target)
                                .header("Authorization", "Bearer " + token.serialize())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
