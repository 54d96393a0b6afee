package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tongmai.adapters.district.twin.DistrictTwin;
import org.tongmai.adapters.district.twin.DistrictTwinSettings;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Algorithm;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Receiver;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.table.CsvTable;

/**
 * Calls of all three gateways with signatures, encrypted contents and tokens, and on to an SFTP server that asks for a password,
 * all of them with everything in the access log; tokens also where they do not belong. Each key, token, password and content
 * is looked for afterwards.
 */
final class SecretsOfGateways implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PERSON = "11010519491231002X";

    private final Sm2PrivateKey applicationSm2 = Sm2PrivateKey.generate();
    private final RsaPrivateKey applicationRsa = RsaPrivateKey.generate();
    private final ECKey provider;
    private final PlatformClient client;
    private final PlatformPorts ports;
    private final SecretFiles secrets;
    private final HttpClient http;
    private final HttpServer service;
    private final DistrictTwin district;

    SecretsOfGateways(PlatformClient client, PlatformPorts ports, SecretFiles secrets) throws Exception {
        this.client = client;
        this.ports = ports;
        this.secrets = secrets;
        this.provider = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        this.http = HttpClient.newBuilder().sslContext(secrets.trusting()).build();
        this.service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        service.createContext("/", SecretsOfGateways::answer);
        service.start();
        this.district = DistrictTwin.start(new DistrictTwinSettings(
                secrets.folder().resolve("district"),
                "127.0.0.1",
                0,
                new DistrictTwinSettings.Login("tongmai", secrets.accountPassword)));
        secrets.search.secret("SM2 key of an application", applicationSm2.number());
    }

    /** As it was asked; to the question whose a token is, an answer. */
    private static void answer(HttpExchange exchange) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        byte[] body = exchange.getRequestURI().getPath().equals("/user")
                ? ("{\"code\":0,\"data\":{\"idCard\":\"" + PERSON + "\",\"expiresIn\":30}}").getBytes()
                : asked.length == 0 ? exchange.getRequestURI().toString().getBytes() : asked;
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        exchange.getResponseHeaders().add("Content-Type", type == null ? "text/plain" : type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void use() throws Exception {
        publish();
        signed();
        for (Algorithm algorithm : Algorithm.values()) {
            sealed(algorithm);
        }
        tokens();
        files();
    }

    private void publish() throws IOException {
        assertThat(client.post("security-administrator", "/api/gateway/rules?basedOn=0", rules())
                        .path("revision")
                        .asLong())
                .isEqualTo(1);
        String key = HexFormat.of().formatHex(secrets.code);
        for (String wrong : List.of(
                rules().replace("\"secret\": \"app-code\"", "\"secret\": \"" + key + "\""),
                rules().replace("\"secret\": \"app-code\"", "\"publicKey\": \"" + key + "\""),
                rules().replace("\"secret\": \"app-code\"", "\"from\": \"" + key + "\""),
                rules().replace("\"secret\": \"app-code\"", "\"" + key + "\": \"\""),
                rules().replace("\"secret\": \"app-code\"", "\"secret\": " + key))) {
            HttpResponse<byte[]> answer =
                    client.send("security-administrator", "/api/gateway/rules?basedOn=1", request -> request.header(
                                    "Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(wrong)));
            assertThat(answer.statusCode()).isEqualTo(422);
            secrets.search.look("POST /api/gateway/rules, refused", answer.body());
        }
    }

    private void signed() throws Exception {
        String open = "https://127.0.0.1:" + ports.gatewayOpen();
        SignedRequests code =
                new SignedRequests(open, "app-keys", SignatureProfile.HMAC_SM3, HmacSm3Key.of(secrets.code));
        assertThat(send(code.request("POST", "/signed/x", "{\"a\":1}".getBytes()))
                        .statusCode())
                .isEqualTo(200);
        SignedRequests wrong = new SignedRequests(open, "app-keys", SignatureProfile.HMAC_SM3, HmacSm3Key.generate());
        refused(send(wrong.request("GET", "/signed/x", new byte[0])));
    }

    private void sealed(Algorithm algorithm) throws Exception {
        String clear = secrets.text("encrypted content, " + algorithm);
        byte[] envelope = PayloadEnvelope.seal(
                        JSON.writeValueAsBytes(Map.of("name", clear)),
                        "application/json",
                        algorithm.isSm2()
                                ? Receiver.of(algorithm, secrets.sm2.publicKey(), "gw-sm2")
                                : Receiver.of(algorithm, secrets.rsa.publicKey(), "gw-rsa"))
                .json();
        contentKey(algorithm + " there", envelope, secrets.sm2, secrets.rsa);
        SignedRequests signed = new SignedRequests(
                "https://127.0.0.1:" + ports.gatewayOpen(),
                "app-keys",
                SignatureProfile.SM2_SM3,
                applicationSm2.signer(SignatureScheme.RAW));
        HttpResponse<String> answer =
                send(signed.request("POST", "/sealed", envelope).header("Content-Type", PayloadEnvelope.MEDIA_TYPE));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        byte[] sealed = answer.body().getBytes(StandardCharsets.UTF_8);
        secrets.search.look("answer of the open gateway", sealed);
        contentKey(
                PayloadEnvelope.read(sealed).algorithm() + " back " + algorithm,
                sealed,
                applicationSm2,
                applicationRsa);
        refused(send(signed.request("POST", "/sealed", ("{\"name\":\"" + clear + "\"}").getBytes())
                .header("Content-Type", "application/json")));
    }

    private void contentKey(String name, byte[] envelope, Sm2PrivateKey sm2, RsaPrivateKey rsa) {
        PayloadEnvelope read = PayloadEnvelope.read(envelope);
        secrets.search.secret(
                "content key " + name,
                read.algorithm().isSm2() ? sm2.decrypt(read.key(), CiphertextForm.C1C3C2) : rsa.decrypt(read.key()));
    }

    private void tokens() throws Exception {
        String good = token("token of a user", 300);
        String old = token("token that is over", -300);
        String spoilt = good.substring(0, good.length() - 8) + "AAAAAAAA";
        String users = "https://127.0.0.1:" + ports.gatewayUser() + "/users/";
        assertThat(send(bearer(users + "x", good)).statusCode()).isEqualTo(200);
        for (String refused : List.of(old, spoilt, good + "x")) {
            refused(send(bearer(users + "x", refused)));
        }
        String channel = secrets.text("token of a channel");
        assertThat(send(get("https://127.0.0.1:" + ports.gatewayUser() + "/channel/" + PERSON)
                                .header("X-Channel-Token", channel))
                        .statusCode())
                .isEqualTo(200);
        for (String address : List.of(users, "https://127.0.0.1:" + ports.gatewayBus() + "/copied/")) {
            inTheWrongPlace(address, good);
        }
    }

    /**
     * Tokens and passwords where services of others have them: in the path, the query and contents of all kinds; among them
     * such as could be taken for a name.
     */
    private void inTheWrongPlace(String address, String good) throws Exception {
        List<String> wrong = new ArrayList<>(List.of(good, secrets.text("password in a call")));
        awkward().forEach((text, shape) -> {
            secrets.search.secret("password in a call: " + shape, text);
            wrong.add(text);
        });
        for (String secret : wrong) {
            for (String path : List.of(secret, "x?access_token=" + secret, "x?" + secret, "x?" + secret + "=1")) {
                send(bearer(address + path, good));
            }
            Map<String, String> bodies = Map.of(
                    "application/x-www-form-urlencoded",
                    "password=" + secret + "&" + secret,
                    "application/json",
                    "{\"password\": \"" + secret + "\", \"" + secret + "\": [\"" + secret + "\"]}",
                    "application/xml",
                    "<a " + "p=\"" + secret + "\"><password>" + secret + "</password></a>",
                    "text/xml",
                    "<a><" + secret + " " + secret + "=\"1\">1</" + secret + "></a>",
                    "text/plain",
                    secret,
                    "application/" + secret.substring(0, 20),
                    secret);
            for (Map.Entry<String, String> body : bodies.entrySet()) {
                send(bearer(address + "x", good)
                        .header("Content-Type", body.getKey())
                        .header("X-Api-Key", secret)
                        .POST(BodyPublishers.ofString(body.getValue())));
            }
        }
    }

    private static Map<String, String> awkward() throws IOException {
        try (InputStream in = SecretsOfGateways.class.getResourceAsStream("/secrets/awkward.csv")) {
            return CsvTable.read("awkward.csv", new String(in.readAllBytes(), StandardCharsets.UTF_8)).rows().stream()
                    .collect(Collectors.toMap(row -> row.cell(0), row -> row.cell(1)));
        }
    }

    /** Onto a server that knows the password of one account and not that of the other. */
    private void files() throws Exception {
        HttpResponse<String> taken = send(file("/files"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(district.inboxFolder()
                        .resolve("incoming")
                        .resolve(JSON.readTree(taken.body()).path("file").asText()))
                .hasContent("a file");
        HttpResponse<String> refused = send(file("/files-of-a-stranger"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(502);
        assertThat(refused.body()).contains("TM-FILES-0002");
        secrets.search.look("refusal of a file", refused.body().getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder file(String path) {
        return get("https://127.0.0.1:" + ports.gatewayBus() + path)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("a file"));
    }

    private void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isBetween(400, 499);
        secrets.search.look("refusal of a gateway", answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private String token(String name, int seconds) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://id.example")
                        .audience("tongmai")
                        .claim("id_no", PERSON)
                        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                        .build());
        token.sign(new ECDSASigner(provider));
        String text = token.serialize();
        secrets.search.secret(name, text);
        secrets.search.secret("signature of the " + name, text.substring(text.lastIndexOf('.') + 1));
        return text;
    }

    private static HttpRequest.Builder get(String address) {
        return HttpRequest.newBuilder(URI.create(address));
    }

    private static HttpRequest.Builder bearer(String address, String token) {
        return get(address).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String rules() throws IOException {
        try (InputStream in = SecretsOfGateways.class.getResourceAsStream("/secrets/rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(
                            "@SERVICE@",
                            "http://127.0.0.1:" + service.getAddress().getPort())
                    .replace("@SFTP@", Integer.toString(district.port()))
                    .replace("@KNOWN@", district.knownHostsFile().toString())
                    .replace("@KEYS@", JSON.writeValueAsString(new JWKSet(provider.toPublicJWK()).toString()))
                    .replace("@SM2@", PemKeys.write(applicationSm2.publicKey()).replace("\n", "\\n"))
                    .replace("@RSA@", PemKeys.write(applicationRsa.publicKey()).replace("\n", "\\n"));
        }
    }

    @Override
    public void close() {
        service.stop(0);
        district.close();
    }
}
