package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;
import static org.tongmai.routes.engine.gateway.SignedCaller.uri;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.Gateways.TargetState;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.error.Issue;

/** What each rule of applications, addresses, sizes and traffic lets pass and what not, over HTTP against a node. */
class GatewayGuardsIT {
    private static final Sm2PrivateKey OLD = Sm2PrivateKey.generate();
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    private static final byte[] NOTHING = {};

    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode node;

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        node = new GatewayNode(database.dataSource(), "guards", Set.of(), Clock.systemUTC());
        node.registry.publish(rules(), 0, "guards", "test");
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        database.close();
    }

    @BeforeEach
    void answerItsPath() {
        backend.answers = (exchange, body) ->
                Backend.reply(exchange, 200, exchange.getRequestURI().getRawPath());
        backend.calls.set(0);
    }

    @Test
    void an_application_calls_what_it_or_its_group_may_in_its_domains_from_its_addresses() {
        assertThat(as("of-the-group", "/grouped").statusCode()).isEqualTo(200);
        assertThat(code(as("of-the-group", "/outer"))).isEqualTo("TM-GATE-0007");
        assertThat(as("of-the-intranet", "/grouped").statusCode()).isEqualTo(200);
        assertThat(code(as("of-the-intranet", "/outer"))).isEqualTo("TM-GATE-0008");
        assertThat(code(as("from-elsewhere", "/grouped"))).isEqualTo("TM-GATE-0005");
        assertThat(as("seldom", "/grouped").statusCode()).isEqualTo(200);
        assertThat(code(as("seldom", "/grouped"))).isEqualTo("TM-GATE-0016");
        assertThat(backend.calls).hasValue(3);
    }

    @Test
    void a_service_that_is_suspended_or_for_other_addresses_is_not_called() {
        HttpResponse<String> suspended = get(node.bus, "/suspended");

        assertThat(suspended.statusCode()).isEqualTo(503);
        assertThat(code(suspended)).isEqualTo("TM-GATE-0003");
        assertThat(code(get(node.bus, "/near"))).isEqualTo("TM-GATE-0005");
        assertThat(backend.calls).hasValue(0);
    }

    @Test
    void a_key_verifies_in_its_time_only() {
        assertThat(signed(KEY).statusCode()).isEqualTo(200);
        assertThat(code(signed(OLD))).isEqualTo("TM-GATE-0010");
    }

    @Test
    void a_content_that_is_larger_than_the_service_takes_is_refused() {
        assertThat(small("0123456789").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = small("0123456789a");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(code(refused)).isEqualTo("TM-GATE-0014");
        assertThat(backend.calls).hasValue(1);
    }

    @Test
    void more_calls_at_once_than_agreed_are_refused_and_the_next_passes() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        backend.answers = (exchange, body) -> {
            awaited(answer);
            Backend.reply(exchange, 200, "fine");
        };
        CompletableFuture<HttpResponse<String>> first = SignedCaller.CLIENT.sendAsync(
                HttpRequest.newBuilder(uri(node.bus, "/single")).build(), HttpResponse.BodyHandlers.ofString());
        try {
            await().until(() -> backend.calls.get() == 1);

            HttpResponse<String> second = get(node.bus, "/single");
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(code(second)).isEqualTo("TM-GATE-0017");
        } finally {
            answer.countDown();
        }
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(get(node.bus, "/single").statusCode()).isEqualTo(200);
    }

    @Test
    void an_answer_that_is_too_large_is_asked_for_once_and_says_nothing_against_its_target() {
        backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "a".repeat(2_000));
        for (int i = 1; i <= 4; i++) {
            assertThat(code(get(node.bus, "/short"))).isEqualTo("TM-GATE-0021");
            assertThat(backend.calls).hasValue(i);
        }
        Gateways.ServiceFigures figures = node.registry.services().stream()
                .filter(service -> service.id().equals("short"))
                .findFirst()
                .orElseThrow();

        assertThat(figures.circuit()).isEqualTo("CLOSED");
        assertThat(figures.targets()).allMatch(target -> target.state() == TargetState.UP);
        assertThat(figures.underWay()).isZero();
    }

    @Test
    void a_grey_rule_goes_by_application_and_by_a_field_that_is_not_handed_on() {
        backend.answers = (exchange, body) -> Backend.reply(
                exchange,
                200,
                exchange.getRequestURI().getPath()
                        + exchange.getRequestHeaders().containsKey("X-Grey"));

        assertThat(as("of-the-group", "/grey").body()).isEqualTo("/green/greyfalse");
        assertThat(as("of-the-intranet", "/grey").body()).isEqualTo("/blue/greyfalse");
        assertThat(SignedCaller.send(request("of-the-intranet", "/grey")
                                .header("X-Grey", "yes")
                                .build())
                        .body())
                .as("an answer of another version is not kept for it, whatever its rule says")
                .isEqualTo("/red/greyfalse");
    }

    @Test
    void an_answer_that_is_kept_for_an_application_is_no_other_s() {
        as("of-the-group", "/kept");
        as("of-the-group", "/kept");
        assertThat(backend.calls).hasValue(1);
        as("of-the-intranet", "/kept");
        assertThat(backend.calls).hasValue(2);
    }

    @Test
    void the_first_segments_are_taken_away_however_they_are_written() {
        assertThat(get(node.bus, "/fhir/$ask/7").body()).isEqualTo("/behind/7");
        assertThat(get(node.bus, "/fhir/%24ask/7").body()).isEqualTo("/behind/7");
    }

    @Test
    void rules_that_could_be_read_in_two_ways_are_not_published() {
        assertThat(violations(rules())).isEmpty();
        broken("\"path\": \"/near\"", "\"path\": \"/suspended\"", "services[near].path");
        broken(
                "[\"POST\"], \"path\": \"/small\"",
                "[\"GET\"], \"path\": \"/fhir/$ask/{x}\"",
                "services[operation].path");
        broken("\"strip\": \"/fhir/$ask\"", "\"strip\": \"/fhi\"", "services[operation].transport.strip");
        broken(
                "\"version\": \"green\"}, {",
                "\"version\": \"green\", \"weight\": 1001}, {",
                "services[grey].transport.targets");
        broken(
                "\"version\": \"red\"}],",
                "\"version\": \"red\", \"weight\": -1}],",
                "services[grey].transport.targets");
        assertThat(violations(rules().replace("\"path\": \"/small\"", "\"path\": \"/near\"")))
                .as("another method")
                .isEmpty();
    }

    private static void broken(String good, String bad, String place) {
        assertThat(rules()).contains(good);
        assertThat(violations(rules().replace(good, bad)))
                .as(bad)
                .extracting(Issue::location)
                .containsExactly(place);
    }

    private static List<Issue> violations(String rules) {
        return RuleCheck.violations(
                RuleFiles.read(rules),
                List.of(new TransportKind("http", Set.of("url"), Map.of("maxBody", ""))),
                List.of());
    }

    private static HttpResponse<String> as(String application, String target) {
        return SignedCaller.send(request(application, target).build());
    }

    private static HttpRequest.Builder request(String application, String target) {
        return HttpRequest.newBuilder(uri(node.bus, target)).header(RequestSignature.APP_HEADER, application);
    }

    private static HttpResponse<String> signed(Sm2PrivateKey key) {
        return SignedCaller.send(new SignedCaller("two-keys", key)
                .request(node.open, "GET", "/signed", NOTHING, System.currentTimeMillis())
                .build());
    }

    private static HttpResponse<String> small(String content) {
        return SignedCaller.send(HttpRequest.newBuilder(uri(node.bus, "/small"))
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build());
    }

    private static void awaited(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String rules() {
        try (InputStream in = GatewayGuardsIT.class.getResourceAsStream("guard-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("@OLD@", PemKeys.write(OLD.publicKey()).replace("\n", "\\n"))
                    .replace("@KEY@", PemKeys.write(KEY.publicKey()).replace("\n", "\\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
