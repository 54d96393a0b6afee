package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.UserGateway.EC;
import static org.tongmai.routes.engine.gateway.UserGateway.outcome;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;

/** Calls with a token alone that must have a number of their own, sent again (防重放). */
class UserReplayIT {
    private static final String MOTHER = "110101198503070023";
    private static final String CHILD = "110101201503070017";
    private static final String TOKEN = Tokens.good(MOTHER).signed(EC);
    private static final String NONCE_MISSING = "TM-GATE-0009";
    private static final String CLOCK_SKEW = "TM-GATE-0011";
    private static final String REPLAYED = "TM-GATE-0012";
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private static final TestDatabase DATABASE = new TestDatabase();
    private static Backend backend;
    private static GatewayNode node;

    @BeforeAll
    static void open() throws Exception {
        backend = new Backend();
        node = node("first");
        node.registry.publish(rules(), 0, "nonces", "test");
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        DATABASE.close();
    }

    @BeforeEach
    void count() {
        backend.calls.set(0);
    }

    private static GatewayNode node(String name) throws Exception {
        return new GatewayNode(
                DATABASE.dataSource(),
                new GatewayRegistry.Place(name, Set.of()),
                new UserTokens(id -> null, Clock.systemUTC()),
                questions -> Map.of());
    }

    private static String rules() throws IOException {
        try (InputStream in = UserReplayIT.class.getResourceAsStream("user-replay-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("@KEYS@", new JWKSet(EC.toPublicJWK()).toString().replace("\"", "\\\""));
        }
    }

    private static HttpRequest.Builder call(GatewayNode at, String target, String token, String nonce, Instant time) {
        return plain(at, target, token)
                .header("X-Tongmai-Nonce", nonce)
                .header("X-Tongmai-Timestamp", Long.toString(time.toEpochMilli()));
    }

    private static HttpRequest.Builder plain(GatewayNode at, String target, String token) {
        return HttpRequest.newBuilder(SignedCaller.uri(at.user, target)).header("Authorization", "Bearer " + token);
    }

    private static String nonce() {
        return UUID.randomUUID().toString();
    }

    private static String sent(HttpRequest.Builder request) {
        return outcome(SignedCaller.send(request.build()));
    }

    @Test
    void a_call_passes_once_and_the_next_with_another_number() {
        Instant now = Instant.now();
        HttpRequest.Builder call = call(node, "/once/1", TOKEN, "n-1", now).POST(BodyPublishers.ofString("one"));

        assertThat(sent(call)).isEqualTo("pass");
        assertThat(sent(call)).isEqualTo(REPLAYED);
        assertThat(sent(call(node, "/once/1", TOKEN, "n-2", now))).isEqualTo("pass");
        assertThat(backend.calls).hasValue(2);
    }

    @Test
    void of_many_at_the_same_moment_one_passes() {
        HttpRequest same = call(node, "/once/1", TOKEN, nonce(), Instant.now()).build();

        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 20)
                .mapToObj(i -> SignedCaller.CLIENT.sendAsync(same, HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 200))
                .hasSize(1);
        assertThat(backend.calls).hasValue(1);
    }

    @Test
    void another_node_knows_it_and_so_does_one_that_starts_later() throws Exception {
        Instant now = Instant.now();
        String nonce = nonce();
        assertThat(sent(call(node, "/once/1", TOKEN, nonce, now))).isEqualTo("pass");
        try (GatewayNode other = node("second")) {
            await().until(() -> !other.registry.inForce().services().isEmpty());
            assertThat(sent(call(other, "/once/1", TOKEN, nonce, now))).isEqualTo(REPLAYED);
            assertThat(sent(call(other, "/once/1", TOKEN, "of-the-second", now)))
                    .isEqualTo("pass");
        }
        try (GatewayNode restarted = node("second")) {
            await().until(() -> !restarted.registry.inForce().services().isEmpty());
            assertThat(sent(call(restarted, "/once/1", TOKEN, "of-the-second", now)))
                    .isEqualTo(REPLAYED);
        }
    }

    @Test
    void its_time_must_be_within_the_window_and_it_is_known_as_long_as_that() {
        Duration almost = WINDOW.minusSeconds(5);
        for (Instant time : List.of(Instant.now().minus(almost), Instant.now().plus(almost))) {
            String nonce = nonce();
            assertThat(sent(call(node, "/once/1", TOKEN, nonce, time))).isEqualTo("pass");
            assertThat(sent(call(node, "/once/1", TOKEN, nonce, time))).isEqualTo(REPLAYED);
        }
        Duration beyond = WINDOW.plusSeconds(5);
        for (Instant time : List.of(Instant.now().minus(beyond), Instant.now().plus(beyond))) {
            assertThat(sent(call(node, "/once/1", TOKEN, nonce(), time))).isEqualTo(CLOCK_SKEW);
        }
    }

    @Test
    void a_call_without_a_number_or_time_or_with_two_of_them_is_refused() {
        String now = Long.toString(System.currentTimeMillis());
        assertThat(sent(plain(node, "/once/1", TOKEN))).isEqualTo(NONCE_MISSING);
        assertThat(sent(plain(node, "/once/1", TOKEN).header("X-Tongmai-Timestamp", now)))
                .isEqualTo(NONCE_MISSING);
        assertThat(sent(plain(node, "/once/1", TOKEN).header("X-Tongmai-Nonce", nonce())))
                .isEqualTo(NONCE_MISSING);
        assertThat(sent(call(node, "/once/1", TOKEN, nonce(), Instant.now()).header("X-Tongmai-Nonce", nonce())))
                .isEqualTo(NONCE_MISSING);
        assertThat(sent(call(node, "/once/1", TOKEN, "n".repeat(129), Instant.now())))
                .isEqualTo(NONCE_MISSING);
        assertThat(backend.calls).hasValue(0);
    }

    @Test
    void numbers_are_each_user_s_own_and_a_call_that_is_refused_takes_none() {
        Instant now = Instant.now();
        String nonce = nonce();
        assertThat(sent(call(node, "/once/1", "no.good.token", nonce, now))).isEqualTo("TM-GATE-0061");
        assertThat(sent(call(node, "/once/1", TOKEN, nonce, now))).isEqualTo("pass");
        assertThat(sent(call(node, "/once/1", Tokens.good(CHILD).signed(EC), nonce, now)))
                .isEqualTo("pass");
        String renewed = Tokens.good(MOTHER).but(c -> c.claim("jti", nonce)).signed(EC);
        assertThat(sent(call(node, "/once/1", renewed, nonce, now))).isEqualTo(REPLAYED);
    }

    @Test
    void an_answer_that_is_kept_is_not_given_to_a_call_that_came_before() {
        Instant now = Instant.now();
        assertThat(sent(call(node, "/kept", TOKEN, "k-1", now))).isEqualTo("pass");
        assertThat(sent(call(node, "/kept", TOKEN, "k-1", now))).isEqualTo(REPLAYED);
        assertThat(sent(call(node, "/kept", TOKEN, "k-2", now))).isEqualTo("pass");
        assertThat(backend.calls).hasValue(1);
    }

    @Test
    void a_service_that_asks_for_none_takes_the_same_call_again() {
        HttpRequest.Builder call = plain(node, "/often", TOKEN);
        assertThat(sent(call)).isEqualTo("pass");
        assertThat(sent(call)).isEqualTo("pass");
    }

    @Test
    void a_page_of_a_safe_origin_may_send_the_fields() {
        HttpResponse<String> preflight =
                SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.user, "/once/1"))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://app.example")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization,x-tongmai-nonce,x-tongmai-timestamp")
                        .build());
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .hasValueSatisfying(fields -> assertThat(fields).contains("x-tongmai-nonce", "x-tongmai-timestamp"));
    }

    @Test
    void rules_that_ask_for_it_where_calls_are_signed_are_not_published() throws IOException {
        String both = rules().replaceFirst("\"window\": \"PT1M\"", "\"signatures\": [\"sm2-sm3\"]");
        assertThatThrownBy(() -> node.registry.publish(both, 1, "", "test"))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .anySatisfy(
                                issue -> assertThat(issue.location()).isEqualTo("services[once].access.user.nonce")));
    }
}
