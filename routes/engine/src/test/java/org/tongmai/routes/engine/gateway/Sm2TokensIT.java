package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.UserGateway.EC;
import static org.tongmai.routes.engine.gateway.UserGateway.outcome;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.SignatureForm;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** Tokens that are signed by SM2 (国密), good ones and those that pretend, over HTTP against a node. */
class Sm2TokensIT {
    private static final String MOTHER = "110101198503070023";
    private static final String INVALID = "TM-GATE-0061";
    private static final BigInteger N =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    private static final Signer SM2 = KEY.signer(SignatureScheme.RAW);
    private static final Tokens GOOD = Tokens.good(MOTHER);

    private static final TestDatabase DATABASE = new TestDatabase();
    private static Backend backend;
    private static GatewayNode node;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws Exception {
        backend = new Backend();
        backend.answers = (exchange, body) -> Backend.reply(
                exchange,
                200,
                exchange.getRequestURI().getPath().equals("/keys")
                        ? keys()
                        : exchange.getRequestHeaders().getFirst("X-Tongmai-User"));
        node = new GatewayNode(
                DATABASE.dataSource(),
                new GatewayRegistry.Place("sm2", Set.of()),
                new UserTokens(id -> null, Clock.systemUTC()),
                questions -> Map.of());
        node.registry.publish(rules(keys()), 0, "sm2", "test");
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        DATABASE.close();
    }

    /** One of SM2, one of P-256, and nothing private. */
    private static String keys() {
        return "{\"keys\":[" + jwk() + "," + EC.toPublicJWK().toJSONString() + "]}";
    }

    private static String jwk() {
        byte[] point = KEY.publicKey().point();
        return "{\"kty\":\"EC\",\"crv\":\"SM2\",\"kid\":\"sm2-1\",\"x\":\""
                + Base64URL.encode(Arrays.copyOfRange(point, 1, 33)) + "\",\"y\":\""
                + Base64URL.encode(Arrays.copyOfRange(point, 33, 65)) + "\"}";
    }

    private static String rules(String keys) throws Exception {
        ObjectNode rules = JSON.createObjectNode();
        for (String provider : List.of("national", "foreign", "fetched")) {
            ObjectNode each = rules.withArray("identityProviders").addObject().put("id", provider);
            each.putObject("subject").put("claim", "id_no").put("system", "urn:oid:2.16.156.10011.1.3");
            ObjectNode jwt = each.putObject("jwt").put("issuer", "https://id.example");
            jwt.putArray("audience").add("tongmai");
            if (provider.equals("fetched")) {
                jwt.put("keysUrl", backend.url() + "/keys");
            } else {
                jwt.put("keys", keys);
            }
            if (!provider.equals("foreign")) {
                jwt.putArray("algorithms").add("SM2").add("ES256");
            }
            ObjectNode service = rules.withArray("services").addObject().put("id", provider);
            service.put("path", "/" + provider).putArray("gateways").add("USER");
            service.putArray("methods").add("GET");
            ObjectNode transport = service.putObject("transport").put("kind", "http");
            transport.putArray("targets").addObject().put("url", backend.url());
            service.putObject("access")
                    .put("identity", "USER")
                    .putObject("user")
                    .put("provider", provider);
        }
        return JSON.writeValueAsString(rules);
    }

    private static String header(String algorithm, String key) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + key + "\"}";
    }

    private static String token(String header, Tokens tokens, Signer signer) {
        String input = Base64URL.encode(header) + "."
                + Base64URL.encode(tokens.claims().toString());
        return input + "." + Base64URL.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String good() {
        return token(header("SM2", "sm2-1"), GOOD, SM2);
    }

    private static String sent(String path, String token) {
        return outcome(SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.user, path))
                .header("Authorization", "Bearer " + token)
                .build()));
    }

    @Test
    void a_user_with_a_token_signed_by_sm2_passes_also_by_keys_that_are_fetched() {
        for (String path : List.of("/national", "/fetched")) {
            var answer = SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.user, path))
                    .header("Authorization", "Bearer " + good())
                    .build());
            assertThat(answer.body()).isEqualTo("urn:oid:2.16.156.10011.1.3|" + MOTHER);
            assertThat(sent(path, GOOD.signed(EC))).as("ES256 beside it").isEqualTo("pass");
        }
    }

    @Test
    void a_token_that_openssl_signed_passes() throws Exception {
        OutsideProgram.assumeInstalled("openssl", "OpenSSL 3 is needed");
        Files.writeString(folder.resolve("key.pem"), PemKeys.write(KEY));
        String token = token(header("SM2", "sm2-1"), GOOD, input -> {
            try {
                Files.write(folder.resolve("input"), input);
                OutsideProgram.run(
                        folder,
                        "openssl pkeyutl -sign -inkey key.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678"
                                + " -in input -out signature");
                BigInteger[] numbers =
                        StandardDSAEncoding.INSTANCE.decode(N, Files.readAllBytes(folder.resolve("signature")));
                return PlainDSAEncoding.INSTANCE.encode(N, numbers[0], numbers[1]);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(sent("/national", token)).isEqualTo("pass");
    }

    @Test
    void a_token_that_is_spoilt_or_takes_one_kind_of_key_for_another_is_refused() throws Exception {
        String[] parts = good().split("\\.");
        String input = parts[0] + "." + parts[1] + ".";
        Signer another = Sm2PrivateKey.generate().signer(SignatureScheme.RAW);
        Map<String, String> spoilt = new TreeMap<>();
        spoilt.put("key of another under this name", token(header("SM2", "sm2-1"), GOOD, another));
        spoilt.put("signature cut off", input);
        spoilt.put("zero signature", input + Base64URL.encode(new byte[64]));
        spoilt.put(
                "claims of another",
                parts[0] + "."
                        + Base64URL.encode(
                                Tokens.good("11010119900307451X").claims().toString()) + "." + parts[2]);
        spoilt.put(
                "signature in DER",
                token(
                        header("SM2", "sm2-1"),
                        GOOD,
                        KEY.signer(new SignatureScheme(SignatureScheme.DEFAULT_USER_ID, SignatureForm.DER))));
        spoilt.put(
                "another user id",
                token(header("SM2", "sm2-1"), GOOD, KEY.signer(new SignatureScheme("another", SignatureForm.RAW))));
        spoilt.put("SM2 by the name of the key of P-256", token(header("SM2", "ec-1"), GOOD, SM2));
        spoilt.put("ES256 by the name of the key of SM2", token(header("ES256", "sm2-1"), GOOD, SM2));
        spoilt.put(
                "P-256 under the name of SM2",
                GOOD.signed(Tokens.header(JWSAlgorithm.ES256, "sm2-1"), new ECDSASigner(EC)));
        spoilt.put("secret made of the public key", GOOD.signed(KEY.publicKey().point(), "sm2-1"));
        spoilt.put("another spelling of the algorithm", token(header("sm2", "sm2-1"), GOOD, SM2));
        spoilt.put("another type", token(header("SM2", "sm2-1").replace("JWT", "dpop+jwt"), GOOD, SM2));
        spoilt.put(
                "a critical member", token("{\"alg\":\"SM2\",\"kid\":\"sm2-1\",\"crit\":[\"x\"],\"x\":1}", GOOD, SM2));

        spoilt.forEach(
                (name, token) -> assertThat(sent("/national", token)).as(name).isEqualTo(INVALID));
        assertThat(sent("/foreign", good()))
                .as("a provider whose rule does not list SM2")
                .isEqualTo(INVALID);
    }

    @Test
    void what_such_a_token_says_is_judged_as_that_of_any_other() {
        Tokens old = GOOD.but(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(600))));
        Tokens forOthers = GOOD.but(c -> c.audience("others"));
        assertThat(sent("/national", token(header("SM2", "sm2-1"), old, SM2)))
                .isEqualTo(GatewayError.TOKEN_EXPIRED.code());
        assertThat(sent("/national", token(header("SM2", "sm2-1"), forOthers, SM2)))
                .isEqualTo(GatewayError.TOKEN_NOT_FOR_US.code());
        assertThat(sent("/national", token(header("SM2", "sm2-2"), GOOD, SM2)))
                .isEqualTo(GatewayError.TOKEN_KEY_UNKNOWN.code());
    }

    @Test
    void rules_with_a_private_key_or_one_that_is_no_point_of_the_curve_are_not_published() throws Exception {
        String secret = keys().replace("\"kid\":\"sm2-1\"", "\"kid\":\"sm2-1\",\"d\":\"AA\"");
        String elsewhere = keys().replaceFirst("\"y\":\"[^\"]+\"", "\"y\":\"" + Base64URL.encode(new byte[32]) + "\"");
        for (String keys : List.of(secret, elsewhere)) {
            assertThat(RuleCheck.violations(RuleFiles.read(rules(keys)), List.of(), List.of()))
                    .anySatisfy(
                            issue -> assertThat(issue.location()).isEqualTo("identityProviders[national].jwt.keys"));
        }
    }
}
