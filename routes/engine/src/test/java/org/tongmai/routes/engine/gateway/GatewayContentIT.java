package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.RsaSignatureScheme;
import org.tongmai.standards.crypto.SealedContent;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.caller.CallerCode;
import org.tongmai.standards.crypto.caller.CallerLanguage;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Algorithm;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Receiver;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.error.CodedException;

/** 传输数据安全控制: signatures by profile, and contents that only gateway and application read. */
class GatewayContentIT {
    private static final byte[] NOTHING = {};
    private static final String CLEAR = "{\"name\":\"张三\",\"department\":\"儿科\"}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Receiver OURS = Receiver.of(Algorithm.SM2_SM4_GCM, ContentNode.OURS_SM2.publicKey(), "gw-sm2");

    private static ContentNode content;

    @TempDir
    private Path folder;

    private final SignedCaller caller = new SignedCaller("app-keys", ContentNode.APP_SM2);

    @BeforeAll
    static void start() throws Exception {
        content = new ContentNode();
    }

    @AfterAll
    static void close() {
        content.close();
    }

    @BeforeEach
    void echo() {
        content.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
            Backend.reply(exchange, 200, new String(body, StandardCharsets.UTF_8));
        };
        content.backend.calls.set(0);
    }

    @ParameterizedTest
    @EnumSource(SignatureProfile.class)
    void a_call_passes_by_each_profile_its_service_takes_and_not_once_it_is_changed(SignatureProfile profile) {
        SignedCaller signed = new SignedCaller("app-keys", profile, signer(profile));
        byte[] body = CLEAR.getBytes(StandardCharsets.UTF_8);

        HttpRequest.Builder call = signed.request(content.node.open, "POST", "/profiles/x", body, now())
                .header("Content-Type", "application/json");
        HttpRequest changed = call.copy()
                .method("POST", HttpRequest.BodyPublishers.ofString(CLEAR + " "))
                .build();

        assertThat(code(SignedCaller.send(changed))).isEqualTo("TM-GATE-0010");
        assertThat(SignedCaller.send(call.build()).body()).isEqualTo(CLEAR);
    }

    @Test
    void a_profile_the_service_does_not_take_or_a_key_of_another_is_refused() {
        Signer rsa = signer(SignatureProfile.RSA_SHA256);
        Signer other = HmacSm3Key.generate();

        assertThat(code(SignedCaller.send(new SignedCaller("app-keys", SignatureProfile.RSA_SHA256, rsa)
                        .request(content.node.open, "GET", "/national", NOTHING, now())
                        .build())))
                .isEqualTo("TM-GATE-0009");
        for (SignatureProfile profile : SignatureProfile.values()) {
            assertThat(code(SignedCaller.send(new SignedCaller("app-keys", profile, other)
                            .request(content.node.open, "GET", "/profiles/x", NOTHING, now())
                            .build())))
                    .as(profile.text())
                    .isEqualTo("TM-GATE-0010");
        }
        assertThat(content.backend.calls).hasValue(0);
    }

    @Test
    void rules_with_a_secret_that_is_not_in_the_folder_or_stands_in_them_are_refused_and_do_not_quote_it() {
        String secret = HexFormat.of().formatHex(ContentNode.OURS_SM2.number());
        String missing = content.rules().replace("app-keys-2026", secret);
        String wrong = content.rules().replace("\"secret\": \"app-keys-2026\"", "\"publicKey\": \"" + secret + "\"");

        for (String rules : List.of(missing, wrong)) {
            assertThatThrownBy(() -> content.publish(rules))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(GatewayError.RULES_INVALID))
                    .hasMessageContaining("sign-code")
                    .hasMessageNotContaining(secret);
        }
        assertThat(content.node.registry.rules()).doesNotContain(secret).contains("app-keys-2026");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void an_encrypted_content_reaches_the_service_in_clear_and_its_answer_the_application_encrypted(Algorithm algorithm)
            throws IOException {
        HttpResponse<String> answer = send(sealed(CLEAR, algorithm));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(PayloadEnvelope.MEDIA_TYPE);
        assertThat(answer.body()).doesNotContain("张三", "儿科", "name");
        PayloadEnvelope envelope = PayloadEnvelope.read(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(envelope.algorithm()).isEqualTo(algorithm);
        assertThat(envelope.contentType()).isEqualTo("application/json");
        assertThat(new String(opened(envelope), StandardCharsets.UTF_8)).isEqualTo(CLEAR);
    }

    @Test
    void what_is_hidden_in_an_encrypted_content_is_screened_all_the_same() {
        String attack = "{\"name\":\"<script>alert(1)</script>\"}";

        assertThat(code(send(sealed(attack, Algorithm.SM2_SM4_GCM)))).isEqualTo("TM-SCREEN-00");
        assertThat(content.backend.calls).hasValue(0);
    }

    @Test
    void an_envelope_of_soap_may_lie_encrypted_in_one_of_ours_and_so_does_its_answer() throws IOException {
        HttpResponse<String> answer = sealedSoap("<c:name>张三</c:name>");

        assertThat(answer.statusCode()).isEqualTo(200);
        PayloadEnvelope envelope = PayloadEnvelope.read(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(envelope.contentType()).isEqualTo("text/xml; charset=utf-8");
        assertThat(new String(opened(envelope), StandardCharsets.UTF_8)).contains("FindPatientResponse", ">张三<");
        HttpResponse<String> refused = sealedSoap("<c:name>1' OR <!-- -->'1'='1</c:name>");
        assertThat(refused.body()).contains("Fault", "TM-SCREEN-");
        assertThat(content.backend.calls).hasValue(1);
    }

    private HttpResponse<String> sealedSoap(String operation) {
        String envelope =
                SoapCaller.envelope("http://schemas.xmlsoap.org/soap/envelope/", SoapCaller.operation(operation));
        byte[] sealed = PayloadEnvelope.seal(envelope.getBytes(StandardCharsets.UTF_8), "text/xml", OURS)
                .json();
        return SignedCaller.send(caller.request(content.node.open, "POST", "/sealed-soap", sealed, now())
                .header("Content-Type", PayloadEnvelope.MEDIA_TYPE)
                .build());
    }

    @Test
    void where_an_encrypted_form_leads_is_judged_all_the_same() {
        assertThat(code(sealedForm("returnUrl=https%3A%2F%2Fevil.example"))).isEqualTo("TM-GATE-0069");
        assertThat(content.backend.calls).hasValue(0);
        assertThat(sealedForm("returnUrl=https%3A%2F%2Fpay.example.cn").statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> sealedForm(String form) {
        byte[] envelope = PayloadEnvelope.seal(
                        form.getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded", OURS)
                .json();
        return SignedCaller.send(caller.request(content.node.open, "POST", "/sealed-form", envelope, now())
                .header("Content-Type", PayloadEnvelope.MEDIA_TYPE)
                .build());
    }

    @Test
    void whatever_is_wrong_with_an_encrypted_content_the_refusal_is_the_same() throws IOException {
        List<byte[]> wrong = new ArrayList<>();
        wrong.add(CLEAR.getBytes(StandardCharsets.UTF_8));
        wrong.add("{".getBytes(StandardCharsets.UTF_8));
        Sm2PrivateKey another = Sm2PrivateKey.generate();
        wrong.add(seal(CLEAR, Receiver.of(Algorithm.SM2_SM4_GCM, another.publicKey(), "gw-sm2")));
        wrong.add(seal(CLEAR, Receiver.of(Algorithm.SM2_SM4_GCM, ContentNode.OURS_SM2.publicKey(), "nobody")));
        wrong.add(seal(CLEAR, Receiver.of(Algorithm.SM2_SM4_GCM, ContentNode.OURS_SM2.publicKey(), "app-keys-2026")));
        wrong.add(seal(CLEAR, Receiver.of(Algorithm.RSA_OAEP_AES_GCM, ContentNode.OURS_RSA.publicKey(), "gw-sm2")));
        wrong.add(new PayloadEnvelope(
                        Algorithm.SM2_SM4_GCM,
                        "gw-sm2",
                        "text/plain\r\nX-Injected: 1",
                        NOTHING,
                        new SealedContent(NOTHING, NOTHING, NOTHING))
                .json());
        wrong.add(ofTwoReadings());
        for (Algorithm algorithm : Algorithm.values()) {
            for (String part : List.of("key", "iv", "tag", "data")) {
                ObjectNode envelope = (ObjectNode) JSON.readTree(sealed(CLEAR, algorithm));
                byte[] bytes = envelope.get(part).binaryValue();
                bytes[bytes.length - 1] ^= 1;
                wrong.add(JSON.writeValueAsBytes(envelope.deepCopy().put(part, bytes)));
                wrong.add(JSON.writeValueAsBytes(envelope.put(part, NOTHING)));
            }
        }

        for (int i = 0; i < wrong.size(); i++) {
            HttpResponse<String> answer = send(wrong.get(i));
            assertThat(answer.statusCode()).as("case " + i).isEqualTo(400);
            ObjectNode said = (ObjectNode) JSON.readTree(answer.body());
            said.remove("trace");
            assertThat(said.toString())
                    .as("case " + i)
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"The content is not encrypted as agreed\","
                            + "\"status\":400,\"code\":\"TM-GATE-0080\"}");
        }
        assertThat(content.backend.calls).hasValue(0);
    }

    @Test
    void a_content_in_clear_is_refused_where_it_must_be_encrypted() {
        byte[] clear = CLEAR.getBytes(StandardCharsets.UTF_8);
        HttpRequest call = caller.request(content.node.open, "POST", "/sealed", clear, now())
                .header("Content-Type", "application/json")
                .build();
        assertThat(code(SignedCaller.send(call))).isEqualTo("TM-GATE-0080");
        assertThat(content.backend.calls).hasValue(0);
    }

    @Test
    void where_encryption_is_allowed_the_answer_comes_as_the_call_did() throws IOException {
        HttpRequest clear = caller.request(
                        content.node.open, "POST", "/mixed", CLEAR.getBytes(StandardCharsets.UTF_8), now())
                .header("Content-Type", "application/json")
                .build();
        byte[] body = sealed(CLEAR, Algorithm.SM2_SM4_GCM);
        HttpResponse<String> encrypted =
                SignedCaller.send(caller.request(content.node.open, "POST", "/mixed", body, now())
                        .header("Content-Type", PayloadEnvelope.MEDIA_TYPE)
                        .build());

        assertThat(SignedCaller.send(clear).body()).isEqualTo(CLEAR);
        assertThat(opened(PayloadEnvelope.read(encrypted.body().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(CLEAR.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_application_without_a_key_for_its_answers_is_refused_before_the_service_is_called() {
        HttpResponse<String> answer = SignedCaller.send(new SignedCaller("app-bare", ContentNode.APP_SM2)
                .request(content.node.open, "GET", "/sealed", NOTHING, now())
                .build());

        assertThat(code(answer)).isEqualTo("TM-GATE-0082");
        assertThat(content.backend.calls).hasValue(0);
    }

    @Test
    void two_keys_of_the_gateway_count_while_one_takes_over_and_one_that_is_gone_does_not() throws IOException {
        Sm2PrivateKey next = Sm2PrivateKey.generate();
        Path file = content.keys.resolve("gw-next.pem");
        byte[] byNext = seal(CLEAR, Receiver.of(Algorithm.SM2_SM4_GCM, next.publicKey(), "gw-next"));

        assertThat(code(send(byNext))).isEqualTo("TM-GATE-0080");
        Files.writeString(file, PemKeys.write(next));
        await().until(() -> send(byNext).statusCode() == 200);
        assertThat(send(sealed(CLEAR, Algorithm.SM2_SM4_GCM)).statusCode()).isEqualTo(200);
        Files.writeString(file, PemKeys.write(next).substring(0, 60));
        assertThat(send(sealed(CLEAR, Algorithm.SM2_SM4_GCM)).statusCode()).isEqualTo(200);
        Files.delete(file);
        await().until(() -> code(send(byNext)).equals("TM-GATE-0080"));
        assertThat(send(sealed(CLEAR, Algorithm.SM2_SM4_GCM)).statusCode()).isEqualTo(200);
    }

    /** Nothing of ours signs, encrypts or decrypts: sm-crypto does, and OpenSSL through Node.js. */
    @ParameterizedTest
    @ValueSource(strings = {"national", "foreign"})
    void sm_crypto_and_openssl_sign_and_encrypt_a_call_and_decrypt_its_answer(String way) throws Exception {
        JsonNode answer = JSON.readTree(javascript(way));

        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.path("type").asText()).isEqualTo(PayloadEnvelope.MEDIA_TYPE);
        assertThat(answer.path("fields").path("cty").asText()).isEqualTo("application/json");
        assertThat(answer.path("clear").asText()).isEqualTo(CLEAR);
    }

    private String javascript(String way) throws Exception {
        boolean installed = List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, "npm")));
        Assumptions.assumeTrue(installed, "npm is not installed: Node.js 18 or later is needed");
        Map<String, String> packages = CallerCode.generate(CallerLanguage.JAVASCRIPT, "http://localhost", "test");
        for (String name : List.of("package.json", "package-lock.json")) {
            Files.writeString(folder.resolve(name), packages.get(name));
        }
        Files.write(
                folder.resolve("sealed-call.mjs"),
                GatewayContentIT.class.getResourceAsStream("sealed-call.mjs").readAllBytes());
        Map<String, String> given = new TreeMap<>();
        given.put("way", way);
        given.put("gateway", "http://127.0.0.1:" + content.node.open);
        given.put("kid", way.equals("national") ? "gw-sm2" : "gw-rsa");
        given.put("clear", CLEAR);
        given.put("sm2Private", HexFormat.of().formatHex(ContentNode.APP_SM2.number()));
        given.put(
                "gatewaySm2",
                HexFormat.of().formatHex(ContentNode.OURS_SM2.publicKey().point()));
        given.put("rsaPrivate", PemKeys.write(ContentNode.APP_RSA));
        given.put("gatewayRsa", PemKeys.write(ContentNode.OURS_RSA.publicKey()));
        JSON.writeValue(folder.resolve("given.json").toFile(), given);
        run("npm", "ci", "--no-audit", "--no-fund");
        return run("node", "sealed-call.mjs", "given.json");
    }

    private String run(String... command) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private HttpResponse<String> send(byte[] envelope) {
        return SignedCaller.send(caller.request(content.node.open, "POST", "/sealed", envelope, now())
                .header("Content-Type", PayloadEnvelope.MEDIA_TYPE)
                .build());
    }

    private static byte[] ofTwoReadings() {
        String parts = "--a\r\n\r\nx\r\n--a--\r\n--b\r\n\r\ny\r\n--b--\r\n";
        String type = "multipart/form-data; boundary=a; boundary=b";
        PayloadEnvelope sealed = PayloadEnvelope.seal(parts.getBytes(StandardCharsets.UTF_8), type, OURS);
        return sealed.json();
    }

    private static byte[] sealed(String clear, Algorithm algorithm) {
        return seal(
                clear,
                algorithm.isSm2()
                        ? Receiver.of(algorithm, ContentNode.OURS_SM2.publicKey(), "gw-sm2")
                        : Receiver.of(algorithm, ContentNode.OURS_RSA.publicKey(), "gw-rsa"));
    }

    private static byte[] seal(String clear, Receiver receiver) {
        return PayloadEnvelope.seal(clear.getBytes(StandardCharsets.UTF_8), "application/json", receiver)
                .json();
    }

    private static byte[] opened(PayloadEnvelope envelope) {
        RsaPrivateKey rsa = ContentNode.APP_RSA;
        return envelope.algorithm().isSm2() ? envelope.open(ContentNode.APP_SM2) : envelope.open(rsa);
    }

    private static Signer signer(SignatureProfile profile) {
        return switch (profile) {
            case SM2_SM3 -> ContentNode.APP_SM2.signer(SignatureScheme.RAW);
            case RSA_SHA256 -> ContentNode.APP_RSA.signer(RsaSignatureScheme.PKCS1);
            case HMAC_SM3 -> ContentNode.APP_CODE;
        };
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
