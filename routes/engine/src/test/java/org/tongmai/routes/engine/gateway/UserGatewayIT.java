package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.UserGateway.EC;
import static org.tongmai.routes.engine.gateway.UserGateway.RSA;
import static org.tongmai.routes.engine.gateway.UserGateway.outcome;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;

/** Users, good ones and those who pretend, over HTTP against a node. */
class UserGatewayIT {
    private static final String MOTHER = "110101198503070023";
    /** As long as an id may be. */
    private static final String APPLICATION = "app-at-which-users-sit-with-a-name-as-long-as-it-may-be-at-most";

    private static final byte[] NOTHING = {};

    private static UserGateway gateway;

    @BeforeAll
    static void open() throws Exception {
        gateway = new UserGateway();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void answerFine() {
        gateway.backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        gateway.backend.calls.set(0);
        gateway.provider.calls.set(0);
        gateway.provider.answers = (exchange, body) ->
                Backend.reply(exchange, 200, gateway.published.get().toString());
    }

    @Test
    void a_user_with_a_good_token_reaches_the_service_which_learns_who_it_is_and_not_the_token() {
        gateway.backend.answers = (exchange, body) -> Backend.reply(
                exchange,
                200,
                exchange.getRequestHeaders().getFirst("X-Tongmai-User") + " "
                        + exchange.getRequestHeaders().containsKey("Authorization"));

        HttpResponse<String> answer = SignedCaller.send(
                gateway.as(MOTHER, "/plain/x").header("X-Tongmai-User", "root").build());

        assertThat(answer.body()).isEqualTo("urn:oid:2.16.156.10011.1.3|" + MOTHER + " false");
    }

    @Test
    void a_token_that_is_spoilt_in_any_way_is_refused_and_the_caller_is_told_to_log_in() throws Exception {
        Tokens good = Tokens.good(MOTHER);
        Map<String, String> spoilt = new TreeMap<>(signedWrongly(good));
        spoilt.putAll(ofAnotherForm(good));

        spoilt.forEach((name, each) -> refused(name, each, "TM-GATE-0061"));
        assertThat(spoilt).hasSize(17);
        assertThat(gateway.backend.calls).hasValue(0);
    }

    private static Map<String, String> signedWrongly(Tokens good) {
        String[] parts = good.signed(EC).split("\\.");
        String[] other = Tokens.good("11010119900307451X").signed(EC).split("\\.");
        String start = parts[0] + "." + parts[1] + ".";
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("no signature", new PlainJWT(good.claims()).serialize());
        tokens.put("signature cut off", start);
        tokens.put("signature of another", start + other[2]);
        tokens.put("claims of another", parts[0] + "." + other[1] + "." + parts[2]);
        tokens.put(
                "zero signature",
                start + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
        tokens.put(
                "secret made of the public key",
                good.signed(EC.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8), "ec-1"));
        tokens.put("another algorithm", good.signed(RSA, JWSAlgorithm.RS512));
        tokens.put("key of another under this name", good.signed(UserGateway.ec("ec-1")));
        tokens.put(
                "RSA under the name of EC",
                good.signed(new RSAKey.Builder(RSA).keyID("ec-1").build(), JWSAlgorithm.RS256));
        tokens.put("key inside the token", withOwnKey(good));
        return tokens;
    }

    private static Map<String, String> ofAnotherForm(Tokens good) throws JOSEException {
        JWSHeader.Builder critical = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("ec-1")
                .criticalParams(Set.of("x"))
                .customParam("x", 1);
        JWSHeader.Builder typed =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").type(new JOSEObjectType("logout+jwt"));
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("critical member", good.signed(critical.build(), new ECDSASigner(EC)));
        tokens.put("another type", good.signed(typed.build(), new ECDSASigner(EC)));
        tokens.put("no subject", good.but(c -> c.claim("id_no", null)).signed(EC));
        tokens.put(
                "subject of two",
                good.but(c -> c.claim("id_no", List.of(MOTHER, "x"))).signed(EC));
        tokens.put(
                "subject with a line",
                good.but(c -> c.claim("id_no", "1\r\nX-A: b")).signed(EC));
        tokens.put("two parts", "abc.def");
        tokens.put("five parts", "a.b.c.d.e");
        return tokens;
    }

    @Test
    void a_token_of_another_time_issuer_audience_or_key_is_refused() {
        Tokens good = Tokens.good(MOTHER);
        refused("expired", good.but(c -> c.expirationTime(from(-6))).signed(EC), "TM-GATE-0062");
        refused("no end", good.but(c -> c.expirationTime(null)).signed(EC), "TM-GATE-0062");
        refused("not yet", good.but(c -> c.notBeforeTime(from(30))).signed(EC), "TM-GATE-0062");
        refused("issued tomorrow", good.but(c -> c.issueTime(from(86_400))).signed(EC), "TM-GATE-0062");
        refused("issuer", good.but(c -> c.issuer("https://id.example/")).signed(EC), "TM-GATE-0063");
        refused("no issuer", good.but(c -> c.issuer(null)).signed(EC), "TM-GATE-0063");
        refused("audience", good.but(c -> c.audience("other")).signed(EC), "TM-GATE-0063");
        refused("no audience", good.but(c -> c.audience((String) null)).signed(EC), "TM-GATE-0063");
        refused("key", good.signed(UserGateway.ec("ec-2")), "TM-GATE-0064");
        assertThat(outcome(bearer(
                        "/plain/x", good.but(c -> c.expirationTime(from(-2))).signed(EC))))
                .as("within the leeway")
                .isEqualTo("pass");
        assertThat(outcome(bearer(
                        "/plain/x",
                        good.but(c -> c.audience(List.of("other", "tongmai"))).signed(EC))))
                .isEqualTo("pass");
    }

    @Test
    void a_call_with_no_token_or_two_is_refused_without_saying_that_one_is_wrong() {
        String token = "Bearer " + Tokens.good(MOTHER).signed(EC);
        for (HttpRequest.Builder each : List.of(
                gateway.request("/plain/x"),
                gateway.request("/plain/x?access_token=" + token.substring(7)),
                gateway.request("/plain/x").header("Authorization", token).header("Authorization", token),
                gateway.request("/plain/x").header("Authorization", "Basic YTpi"),
                gateway.request("/plain/x").header("Authorization", token.substring(7)),
                gateway.request("/plain/x").header("Authorization", token + ", x"))) {
            HttpResponse<String> answer = SignedCaller.send(each.build());
            assertThat(outcome(answer)).isEqualTo("TM-GATE-0060");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer realm=\"tongmai\"");
        }
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @Test
    void who_has_no_token_that_may_call_brings_no_large_content() {
        Tokens good = Tokens.good(MOTHER);
        String without = good.but(c -> c.claim("scope", "openid")).signed(EC);
        for (String token : List.of(good.signed(UserGateway.ec("ec-1")), without, "none")) {
            assertThat(HeadAlone.code(upload(token))).isEqualTo("TM-HTTP-0001");
        }
        assertThat(gateway.backend.calls).hasValue(0);
        assertThat(outcome(SignedCaller.send(upload(good.signed(EC))))).isEqualTo("pass");
    }

    private static HttpRequest upload(String token) {
        return gateway.request("/uploads")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2_000_000]))
                .build();
    }

    @Test
    void scopes_roles_a_rate_and_a_suspended_provider_are_minded() {
        Tokens good = Tokens.good(MOTHER);
        assertThat(outcome(bearer("/scoped", good.signed(EC)))).isEqualTo("pass");
        HttpResponse<String> without = bearer(
                "/scoped", good.but(c -> c.claim("scope", "openid reports2")).signed(EC));
        assertThat(outcome(without)).isEqualTo("TM-GATE-0066");
        assertThat(without.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("insufficient_scope"));
        assertThat(outcome(bearer(
                        "/scoped",
                        good.but(c -> c.claim("roles", List.of("guest"))).signed(EC))))
                .isEqualTo("TM-GATE-0066");
        assertThat(outcome(bearer("/suspended", good.signed(EC)))).isEqualTo("TM-GATE-0061");
        List<String> three = IntStream.range(0, 3)
                .mapToObj(i -> outcome(bearer("/few", good.signed(EC))))
                .toList();
        assertThat(three).containsExactly("pass", "pass", "TM-GATE-0016");
        String another = Tokens.good("110101198203070015").signed(EC);
        assertThat(outcome(bearer("/few", another))).isEqualTo("pass");
        assertThat(outcome(bearer("/few?q=%3Cscript%3Ex()%3C/script%3E", another)))
                .startsWith("TM-SCREEN");
        assertThat(outcome(bearer("/few", another)))
                .as("what was refused counts too")
                .isEqualTo("TM-GATE-0016");
    }

    @Test
    void keys_are_fetched_again_for_a_new_one_not_too_often_and_the_last_ones_stay_good() {
        Tokens good = Tokens.good(MOTHER);
        RSAKey second = UserGateway.rsa("rsa-2");
        await().until(() -> outcome(bearer("/fetched", good.signed(RSA, JWSAlgorithm.PS256)))
                .equals("pass"));
        gateway.published.set(new JWKSet(List.of(RSA.toPublicJWK(), second.toPublicJWK())));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> outcome(bearer("/fetched", good.signed(second, JWSAlgorithm.RS256)))
                        .equals("pass"));

        gateway.provider.answers = (exchange, body) -> Backend.reply(exchange, 500, "no");
        gateway.provider.calls.set(0);
        RSAKey third = UserGateway.rsa("rsa-3");
        IntStream.range(0, 50)
                .forEach(i -> assertThat(outcome(bearer("/fetched", good.signed(third, JWSAlgorithm.RS256))))
                        .isEqualTo("TM-GATE-0064"));

        assertThat(gateway.provider.calls).hasValueLessThanOrEqualTo(3);
        assertThat(outcome(bearer("/fetched", good.but(c -> c.jwtID("new")).signed(second, JWSAlgorithm.RS256))))
                .isEqualTo("pass");
    }

    @Test
    void where_the_application_must_sign_too_a_call_that_came_before_is_refused() {
        String token = Tokens.good(MOTHER).signed(EC);
        HttpRequest signed = new SignedCaller(APPLICATION, UserGateway.APPLICATION)
                .request(gateway.node.user, "GET", "/signed/1", NOTHING, System.currentTimeMillis())
                .header("Authorization", "Bearer " + token)
                .build();

        assertThat(outcome(SignedCaller.send(signed))).isEqualTo("pass");
        assertThat(outcome(SignedCaller.send(signed))).isEqualTo("TM-GATE-0012");
        assertThat(outcome(bearer("/signed/1", token))).isEqualTo("TM-GATE-0006");
        assertThat(outcome(SignedCaller.send(new SignedCaller(APPLICATION, UserGateway.APPLICATION)
                        .request(gateway.node.user, "GET", "/signed/1", NOTHING, System.currentTimeMillis())
                        .build())))
                .isEqualTo("TM-GATE-0060");
    }

    @Test
    void the_record_of_a_call_says_which_user_and_at_which_application_also_where_it_is_refused() {
        Tokens good = Tokens.good(MOTHER);
        HttpResponse<String> refused =
                bearer("/scoped", good.but(c -> c.claim("scope", "openid")).signed(EC));
        HttpResponse<String> passed = SignedCaller.send(new SignedCaller(APPLICATION, UserGateway.APPLICATION)
                .request(gateway.node.user, "GET", "/signed/1", NOTHING, System.currentTimeMillis())
                .header("Authorization", "Bearer " + good.signed(EC))
                .build());

        assertThat(outcome(refused)).isEqualTo("TM-GATE-0066");
        assertThat(outcome(passed)).isEqualTo("pass");
        assertThat(actor(refused)).matches("user:[0-9a-f]{16}@residents");
        assertThat(actor(passed)).isEqualTo(actor(refused) + " " + APPLICATION);
    }

    private static String actor(HttpResponse<String> answer) {
        return Audited.actor(gateway.node.audit, answer);
    }

    @Test
    void a_kept_answer_is_one_user_s() {
        gateway.backend.answers = (exchange, body) ->
                Backend.reply(exchange, 200, exchange.getRequestHeaders().getFirst("X-Tongmai-User"));
        String first = bearer("/kept", Tokens.good(MOTHER).signed(EC)).body();

        assertThat(bearer("/kept", Tokens.good(MOTHER).signed(EC)).body()).isEqualTo(first);
        assertThat(gateway.backend.calls).hasValue(1);
        assertThat(bearer("/kept", Tokens.good("11010119900307451X").signed(EC)).body())
                .isNotEqualTo(first);
    }

    @Test
    void script_in_a_value_is_refused_at_this_gateway_too_and_services_of_others_are_not_here() {
        assertThat(outcome(bearer(
                        "/plain/x?n=%3Cscript%3Ealert(1)%3C/script%3E",
                        Tokens.good(MOTHER).signed(EC))))
                .startsWith("TM-SCREEN");
        assertThat(outcome(SignedCaller.get(gateway.node.bus, "/plain/x"))).isEqualTo("TM-GATE-0001");
        assertThat(outcome(SignedCaller.get(gateway.node.open, "/plain/x"))).isEqualTo("TM-GATE-0001");
        assertThat(outcome(SignedCaller.get(gateway.node.user, "/nowhere"))).isEqualTo("TM-GATE-0001");
    }

    @Test
    void rules_about_users_that_would_leave_a_door_open_are_not_published() {
        Map<String, String> changes = new TreeMap<>(Map.of(
                "\"algorithms\": [\"RS256\", \"PS256\"]",
                "\"algorithms\": [\"RS256\", \"none\"]",
                "\"leeway\": \"PT5S\"",
                "\"leeway\": \"PT1H\"",
                gateway.provider.url() + "/keys",
                "http://id.example/keys",
                "\"https://app.example\"",
                "\"*\"",
                "\"www.example.cn\"",
                "\"*\"",
                "\"in\": \"PATH\", \"name\": \"id\"",
                "\"in\": \"PATH\", \"name\": \"other\"",
                "/data/*/idCard",
                "$.data[*].idCard",
                "\"provider\": \"fetched\"",
                "\"provider\": \"nobody\"",
                "\"identity\": \"USER\", \"user\": {\"provider\": \"fetched\"}",
                "\"identity\": \"NONE\"",
                "\"success\": {\"pointer\": \"/code\", \"value\": \"0\"},",
                ""));
        changes.put("\"cache\": {\"time\"", "\"cache\": {\"level\": \"EVERYBODY\", \"time\"");
        changes.put("\"per\": \"PT60S\"", "\"per\": \"PT0S\"");
        changes.put("\"value\": \"0\"}, \"life\"", "\"value\": \"\"}, \"life\"");
        changes.put(
                "\"path\": \"/plain/**\",",
                "\"path\": \"/plain/**\", \"content\": {\"encryption\": "
                        + "{\"profiles\": [\"sm2-sm4-gcm\"], \"answer\": \"REQUIRED\"}},");
        changes.forEach((good, bad) -> {
            String rules = gateway.rules();
            assertThat(rules).contains(good);
            assertThatThrownBy(() -> gateway.node.registry.publish(rules.replace(good, bad), 1, "", "test"))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(GatewayError.RULES_INVALID));
        });
    }

    private static String withOwnKey(Tokens good) {
        var mine = UserGateway.ec("ec-1");
        try {
            return good.signed(
                    new JWSHeader.Builder(Tokens.header(JWSAlgorithm.ES256, "ec-1"))
                            .jwk(mine.toPublicJWK())
                            .jwkURL(URI.create(gateway.provider.url() + "/keys"))
                            .build(),
                    new ECDSASigner(mine));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refused(String name, String token, String code) {
        HttpResponse<String> answer = bearer("/plain/x", token);
        assertThat(outcome(answer)).as(name).isEqualTo(code);
        assertThat(answer.statusCode()).as(name).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate"))
                .as(name)
                .contains("Bearer realm=\"tongmai\", error=\"invalid_token\"");
        assertThat(answer.body()).as(name).doesNotContain(token);
    }

    private static HttpResponse<String> bearer(String target, String token) {
        return SignedCaller.send(gateway.request(target)
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static Date from(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
