package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;
import static org.tongmai.routes.engine.gateway.SignedCaller.post;
import static org.tongmai.routes.engine.gateway.SignedCaller.uri;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.error.CodedException;

class GatewayIT {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    private static final byte[] NOTHING = {};

    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode one;
    private static GatewayNode two;
    private static Publication first;

    private final SignedCaller application = new SignedCaller("app-one", KEY);

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        one = new GatewayNode(database.dataSource(), "one", Set.of(), Clock.systemUTC());
        two = new GatewayNode(database.dataSource(), "two", Set.of(), Clock.systemUTC());
        first = one.registry.publish(text(), 0, "first", "test");
        await().until(() -> two.registry.inForce().services().size() == 10);
    }

    @AfterAll
    static void close() {
        two.close();
        one.close();
        backend.close();
        database.close();
    }

    @BeforeEach
    void answerFine() {
        backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        backend.calls.set(0);
        backend.targets.clear();
    }

    @Test
    void a_signed_call_reaches_the_service_with_its_path_query_and_body_as_sent() {
        byte[] body = "{\"name\":\"张三\"}".getBytes(StandardCharsets.UTF_8);
        backend.answers = (exchange, received) -> Backend.reply(
                exchange,
                200,
                new String(received, StandardCharsets.UTF_8)
                        + exchange.getRequestHeaders().getFirst("X-Tongmai-Application"));

        HttpResponse<String> answer = SignedCaller.send(application
                .request(one.open, "POST", "/echo/a%20b?q=%E4%B8%AD&p=1", body, now())
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"name\":\"张三\"}app-one");
        assertThat(backend.targets).containsExactly("POST /echo/a%20b?q=%E4%B8%AD&p=1");
        assertThat(answer.headers().firstValue("x-tongmai-trace")).isPresent();
    }

    @Test
    void a_call_that_came_before_is_refused_on_the_same_node_on_another_and_at_the_same_moment() {
        HttpRequest request =
                application.request(one.open, "GET", "/echo/x", NOTHING, now()).build();
        HttpRequest elsewhere = HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create("http://127.0.0.1:" + two.open + "/echo/x"))
                .build();
        HttpRequest atOnce =
                application.request(one.open, "GET", "/echo/y", NOTHING, now()).build();

        assertThat(SignedCaller.send(request).statusCode()).isEqualTo(200);
        assertThat(code(SignedCaller.send(request))).isEqualTo("TM-GATE-0012");
        assertThat(code(SignedCaller.send(elsewhere))).isEqualTo("TM-GATE-0012");
        List<CompletableFuture<HttpResponse<String>>> together = IntStream.range(0, 20)
                .mapToObj(i -> SignedCaller.CLIENT.sendAsync(atOnce, HttpResponse.BodyHandlers.ofString()))
                .toList();
        assertThat(together.stream().filter(each -> each.join().statusCode() == 200))
                .hasSize(1);
    }

    @Test
    void whatever_is_changed_of_a_signed_call_the_signature_no_longer_fits() {
        byte[] body = "amount=1".getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder call = application.request(one.open, "POST", "/echo/x?a=1", body, now());

        assertThat(code(SignedCaller.send(call.copy()
                        .method("POST", HttpRequest.BodyPublishers.ofString("amount=2"))
                        .build())))
                .isEqualTo("TM-GATE-0010");
        assertThat(code(SignedCaller.send(call.copy()
                        .uri(URI.create("http://127.0.0.1:" + one.open + "/echo/x?a=2"))
                        .build())))
                .isEqualTo("TM-GATE-0010");
        assertThat(code(SignedCaller.send(call.copy()
                        .uri(URI.create("http://127.0.0.1:" + one.open + "/echo/z?a=1"))
                        .build())))
                .isEqualTo("TM-GATE-0010");
        assertThat(code(SignedCaller.send(
                        call.copy().setHeader("X-Tongmai-Nonce", "other").build())))
                .isEqualTo("TM-GATE-0010");
        assertThat(code(SignedCaller.send(call.copy()
                        .setHeader("X-Tongmai-Timestamp", Long.toString(now() + 1))
                        .build())))
                .isEqualTo("TM-GATE-0010");
        assertThat(code(SignedCaller.send(call.copy()
                        .header("X-Tongmai-Timestamp", Long.toString(now()))
                        .build())))
                .isEqualTo("TM-GATE-0009");
        assertThat(backend.calls).hasValue(0);
    }

    @Test
    void a_time_outside_the_window_is_refused_either_way() {
        for (long away : List.of(-301_000L, 301_000L)) {
            assertThat(code(SignedCaller.send(application
                            .request(one.open, "GET", "/echo/x", NOTHING, now() + away)
                            .build())))
                    .isEqualTo("TM-GATE-0011");
        }
    }

    @Test
    void who_is_not_known_not_active_or_not_authorised_does_not_pass() {
        assertThat(code(get(one.open, "/echo/x"))).isEqualTo("TM-GATE-0006");
        assertThat(code(as("nobody", "/echo/x"))).isEqualTo("TM-GATE-0006");
        assertThat(code(as("app-gone", "/echo/x"))).isEqualTo("TM-GATE-0006");
        assertThat(code(as("app-two", "/echo/x"))).isEqualTo("TM-GATE-0007");
        assertThat(code(get(one.open, "/inside/1"))).isEqualTo("TM-GATE-0001");
        assertThat(code(get(one.bus, "/inside/"))).isEqualTo("TM-GATE-0004");
        assertThat(code(get(one.bus, "/locked"))).isEqualTo("TM-GATE-0005");
        assertThat(get(one.bus, "/locked").statusCode()).isEqualTo(403);
        assertThat(code(SignedCaller.send(
                        HttpRequest.newBuilder(uri(one.bus, "/kept")).DELETE().build())))
                .isEqualTo("TM-GATE-0002");
        assertThat(backend.calls).hasValue(0);
    }

    @Test
    void a_path_with_two_readings_is_refused() {
        for (String path : List.of(
                "/inside/%2e%2e",
                "/inside/a%2Fb",
                "/inside//x",
                "/inside/a;b",
                "/inside/%00",
                "/inside/%255c",
                "/insid%65/1",
                "/inside/%7e",
                "/inside/%c0%af",
                "/inside/%e5%bc")) {
            assertThat(code(get(one.bus, path))).as(path).isEqualTo("TM-GATE-0004");
        }
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_tried_as_often_as_agreed() {
        CountDownLatch never = new CountDownLatch(1);
        backend.answers = (exchange, body) -> assertThat(awaited(never)).isFalse();

        HttpResponse<String> answer = SignedCaller.send(
                application.request(one.open, "GET", "/slow/7", NOTHING, now()).build());

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(code(answer)).isEqualTo("TM-GATE-0020");
        assertThat(backend.targets).containsExactly("GET /behind/7", "GET /behind/7");
    }

    @Test
    void errors_are_tried_again_only_where_that_does_no_harm_and_then_the_circuit_opens_and_closes() {
        backend.answers = (exchange, body) -> Backend.reply(exchange, 503, "no");

        assertThat(get(one.bus, "/inside/1").statusCode()).isEqualTo(503);
        assertThat(backend.calls).hasValue(3);
        assertThat(post(one.bus, "/inside/1").statusCode()).isEqualTo(503);
        assertThat(backend.calls).hasValue(4);
        assertThat(get(one.bus, "/inside/1").statusCode()).isEqualTo(503);
        assertThat(code(get(one.bus, "/inside/1"))).isEqualTo("TM-GATE-0018");
        int seen = backend.calls.get();
        assertThat(code(get(one.bus, "/inside/1"))).isEqualTo("TM-GATE-0018");
        assertThat(backend.calls).hasValue(seen);
        backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        await().until(() -> get(one.bus, "/inside/1").statusCode() == 200);
    }

    @Test
    void only_allowed_fields_and_what_says_who_calls_are_handed_on() {
        backend.answers = (exchange, body) -> Backend.reply(
                exchange,
                200,
                String.join(",", exchange.getRequestHeaders().keySet()).toLowerCase());

        String seen = SignedCaller.send(HttpRequest.newBuilder(uri(one.bus, "/inside/1"))
                        .header("X-Wanted", "1")
                        .header("X-Other", "1")
                        .header("X-Forwarded-For", "1.2.3.4")
                        .header("X-Tongmai-Application", "somebody")
                        .header("X-Tongmai-Note", "x' or 1=1 --")
                        .build())
                .body();

        assertThat(seen)
                .contains("x-wanted", "x-tongmai-trace")
                .doesNotContain("x-other", "forwarded", "application", "note");
    }

    @Test
    void an_answer_is_kept_by_the_parameters_that_make_a_difference() {
        get(one.bus, "/kept?a=1&b=1");
        get(one.bus, "/kept?b=2&a=1");
        assertThat(backend.calls).hasValue(1);
        get(one.bus, "/kept?a=2");
        assertThat(backend.calls).hasValue(2);
    }

    @Test
    void more_calls_than_agreed_are_refused_over_all_nodes_together() {
        int passed = 0;
        for (int i = 0; i < 6; i++) {
            passed += get(i % 2 == 0 ? one.bus : two.bus, "/few").statusCode() == 200 ? 1 : 0;
        }
        assertThat(passed).isBetween(2, 3);
        assertThat(get(one.bus, "/few").statusCode()).isEqualTo(429);
    }

    @Test
    void rules_that_break_a_rule_or_are_stale_change_nothing() {
        String broken = text().replace("/kept\"", "kept\"")
                .replace("PT0.3S", "PT3H")
                .replace("\"回声\"", "\"回声\", \"log\": {\"record\": \"AFTER_ANSWER\"}");

        assertThatThrownBy(() -> one.registry.publish(broken, current(), "", "test"))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(issue -> issue.location())
                        .contains(
                                "services[kept].path", "services[slow].traffic.timeout", "services[echo].log.record"));
        assertThatThrownBy(() -> one.registry.publish(text(), 0, "", "test"))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(GatewayError.PUBLICATION_STALE));
        assertThatThrownBy(() -> RuleFiles.read("{\"services\":[{\"idd\":\"x\"}]}"))
                .hasMessageContaining("TM-GATE-0040")
                .hasMessageContaining("line 1");
        assertThat(get(one.bus, "/kept").statusCode()).isEqualTo(200);
    }

    @Test
    void every_node_says_what_it_runs_and_a_publication_during_load_costs_no_call() throws Exception {
        Executor callers = Executors.newFixedThreadPool(8);
        List<CompletableFuture<List<Integer>>> load = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 50)
                                .map(n -> get(one.bus, "/kept?a=" + i + "-" + n).statusCode())
                                .boxed()
                                .toList(),
                        callers))
                .toList();
        String moved = text().replace(
                        "\"kind\": \"http\", \"targets\"",
                        "\"kind\": \"http\", " + "\"parameters\": {\"connections\": \"9\"}, \"targets\"");
        Publication second = one.registry.publish(moved, current(), "moved", "test");
        assertThatThrownBy(() -> one.registry.publishAgain(first.revision(), second.revision() - 1, "test"))
                .hasMessageContaining("TM-GATE-0042");
        Publication third = one.registry.publishAgain(first.revision(), second.revision(), "test");

        load.forEach(each -> assertThat(each.join()).containsOnly(200));
        assertThat(third.digest()).isEqualTo(first.digest()).isNotEqualTo(second.digest());
        await().until(() -> one.registry.nodes().stream().allMatch(node -> node.revision() == third.revision()));
        assertThat(one.registry.nodes()).extracting(NodeRules::digest).containsOnly(first.digest());
        assertThat(one.registry.nodes()).extracting(NodeRules::node).containsExactly("one", "two");
    }

    @Test
    void while_the_database_is_away_signed_calls_are_refused_and_others_go_on() {
        database.execute("alter table gateway_nonce rename to gateway_nonce_away");
        try {
            HttpResponse<String> answer = SignedCaller.send(application
                    .request(one.open, "GET", "/echo/x", NOTHING, now())
                    .build());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(code(answer)).isEqualTo("TM-GATE-0013");
            assertThat(get(one.bus, "/kept").statusCode()).isEqualTo(200);
        } finally {
            database.execute("alter table gateway_nonce_away rename to gateway_nonce");
        }
        assertThat(SignedCaller.send(application
                                .request(one.open, "GET", "/echo/x", NOTHING, now())
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void script_and_sql_in_a_value_are_refused_and_what_only_looks_like_them_is_not() {
        assertThat(code(get(one.bus, "/inside/1?name=%3Cscript%3Ealert(1)%3C/script%3E")))
                .isEqualTo("TM-SCREEN-00");
        assertThat(code(get(one.bus, "/inside/1?name=1'%20or%20'1'='1"))).isEqualTo("TM-SCREEN-00");
        assertThat(get(one.bus, "/inside/1?name=O'Brien%20%E5%BC%A0%E4%B8%89").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_node_serves_the_services_of_its_domains_only() throws Exception {
        try (GatewayNode outside =
                new GatewayNode(database.dataSource(), "outside", Set.of("internet"), Clock.systemUTC())) {
            assertThat(outside.registry.inForce().services())
                    .containsKey("public")
                    .doesNotContainKey("far");
            assertThat(get(outside.bus, "/public").statusCode()).isEqualTo(200);
            assertThat(code(get(outside.bus, "/far"))).isEqualTo("TM-GATE-0001");
            assertThat(get(one.bus, "/far").statusCode()).isEqualTo(200);
        } finally {
            database.execute("delete from gateway_node where node = 'outside'");
        }
    }

    @Test
    void calls_go_to_the_version_a_grey_rule_says() {
        backend.answers = (exchange, body) ->
                Backend.reply(exchange, 200, exchange.getRequestURI().getPath());

        assertThat(get(one.bus, "/grey").body()).isEqualTo("/blue/grey");
        assertThat(SignedCaller.send(HttpRequest.newBuilder(uri(one.bus, "/grey"))
                                .header("X-Grey", "yes")
                                .build())
                        .body())
                .isEqualTo("/green/grey");
        assertThat(IntStream.range(0, 200)
                        .mapToObj(i -> get(one.bus, "/share").body())
                        .filter("/green/share"::equals)
                        .count())
                .isBetween(20L, 90L);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long current() {
        return one.registry.publications(1).get(0).revision();
    }

    private static HttpResponse<String> as(String application, String target) {
        return SignedCaller.send(new SignedCaller(application, KEY)
                .request(one.open, "GET", target, NOTHING, now())
                .build());
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static String text() {
        return text(KEY, backend);
    }

    /** Rules whose applications have this key and whose services are this backend. */
    static String text(Sm2PrivateKey key, Backend backend) {
        try (InputStream in = GatewayIT.class.getResourceAsStream("rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("@KEY@", PemKeys.write(key.publicKey()).replace("\n", "\\n"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
