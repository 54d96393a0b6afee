package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;
import static org.tongmai.routes.engine.gateway.SignedCaller.uri;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.gateway.Gateways.TargetFigures;
import org.tongmai.routes.engine.gateway.Gateways.TargetState;
import org.tongmai.routes.engine.gateway.chain.Trust;
import org.tongmai.routes.engine.gateway.key.KeyFolder;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.request.SignatureProfile;

/** Copies of traffic, health of targets, and what a publication or a stop does to calls under way. */
class GatewayTrafficIT {
    private static ContentNode content;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        content = new ContentNode();
    }

    @AfterAll
    static void close() {
        content.close();
    }

    @BeforeEach
    void answerFine() {
        content.backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        content.backend.calls.set(0);
        content.backend.targets.clear();
    }

    @Test
    void calls_are_copied_and_the_differences_told_without_values() {
        content.backend.answers = (exchange, body) -> {
            boolean copy = exchange.getRequestURI().getPath().startsWith("/other");
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            int status = copy && query.equals("worse") ? 500 : 200;
            String name = copy && query.equals("differ") ? "李四" : "张三";
            String order = "\"total\":1.0,\"patient\":{\"name\":\"" + name + "\"}";
            Backend.reply(exchange, status, copy ? "{" + order + "}" : "{\"patient\":{\"name\":\"张三\"},\"total\":1}");
        };
        CopyFigures before = figures("copied");

        assertThat(get(content.node.bus, "/copied?alike").body()).contains("\"total\":1}");
        await().until(() -> figures("copied").alike() == before.alike() + 1);
        assertThat(get(content.node.bus, "/copied?worse").statusCode()).isEqualTo(200);
        await().until(() -> figures("copied").different() == before.different() + 1);
        assertThat(get(content.node.bus, "/copied?differ").statusCode()).isEqualTo(200);
        await().until(() -> figures("copied").different() == before.different() + 2);
        SignedCaller.post(content.node.bus, "/copied");

        assertThat(figures("copied").differences())
                .extracting(CopyFigures.Difference::where, CopyFigures.Difference::detail)
                .containsExactly(tuple("/patient/name", "string, copy: string"), tuple("status", "200, copy: 500"));
        assertThat(figures("copied").toString()).doesNotContain("张三", "李四");
        get(content.node.bus, "/copied-members?differ");
        await().until(() -> figures("copied-members").alike() == 1);
        assertThat(content.backend.targets).doesNotContain("POST /other/copied").contains("GET /other/copied?alike");
    }

    @Test
    void of_the_calls_a_share_is_copied() {
        for (int i = 0; i < 200; i++) {
            assertThat(get(content.node.bus, "/copied-share").statusCode()).isEqualTo(200);
        }
        await().until(() -> presence("copied-share") == 0);
        assertThat(figures("copied-share").alike()).isBetween(20L, 90L);
    }

    @Test
    void a_copy_that_hangs_or_fails_does_the_call_no_harm() {
        CountDownLatch copies = new CountDownLatch(1);
        content.backend.answers = (exchange, body) -> {
            if (exchange.getRequestURI().getPath().startsWith("/other")) {
                awaited(copies);
            }
            Backend.reply(exchange, 200, "{}");
        };
        CopyFigures before = figures("copied");

        for (int i = 0; i < 10; i++) {
            assertThat(get(content.node.bus, "/copied").statusCode()).isEqualTo(200);
        }
        await().until(() -> figures("copied").skipped() - before.skipped() == 8);
        copies.countDown();
        await().until(() -> figures("copied").alike() == before.alike() + 2);
    }

    @Test
    void a_target_that_says_it_is_not_well_is_left_out_until_it_says_otherwise() {
        AtomicInteger health = new AtomicInteger(503);
        content.backend.answers = (exchange, body) -> {
            String path = exchange.getRequestURI().getPath();
            Backend.reply(exchange, path.equals("/two/health") ? health.get() : 200, path);
        };

        await().until(() -> state("/two") == TargetState.DOWN && state("/one") == TargetState.UP);
        for (int i = 0; i < 20; i++) {
            assertThat(get(content.node.bus, "/asked").body()).isEqualTo("/one/asked");
        }
        health.set(200);
        await().until(() -> state("/two") == TargetState.UP);
        await().until(() -> get(content.node.bus, "/asked").body().equals("/two/asked"));
    }

    @Test
    void a_publication_gives_out_no_call_anew_where_the_rate_stays() {
        await().until(() -> get(content.node.bus, "/burst").statusCode() == 429);

        content.publish(content.rules().replace("\"title\": \"随申办\"", "\"title\": \"又一次\""));
        assertThat(get(content.node.bus, "/burst").statusCode()).isEqualTo(429);
        content.publish(content.rules().replace("\"calls\": 3", "\"calls\": 4"));
        assertThat(get(content.node.bus, "/burst").statusCode()).isEqualTo(200);
    }

    @Test
    void a_call_that_waits_for_its_nonce_is_answered_though_its_service_goes_meanwhile() throws Exception {
        HttpRequest call = new SignedCaller("app-keys", ContentNode.APP_SM2)
                .request(content.node.open, "GET", "/national", new byte[0], System.currentTimeMillis())
                .build();
        CompletableFuture<HttpResponse<String>> waiting;
        try (Connection connection = content.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table gateway_nonce in exclusive mode");
            waiting = SignedCaller.CLIENT.sendAsync(call, HttpResponse.BodyHandlers.ofString());
            await().until(() -> presence("national") == 1);
            content.publish(content.rules()
                    .replace("\"id\": \"national\", \"gateways\"", "\"id\": \"renamed\", \"gateways\"")
                    .replace("\"national\", ", ""));
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // longer than a route without calls stays
            connection.rollback();
        }

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        content.publish(content.rules());
    }

    private static int presence(String service) {
        return content.node
                .registry
                .inForce()
                .services()
                .get(service)
                .calling()
                .presence()
                .count();
    }

    @Test
    void a_node_without_a_key_follows_all_the_same_refuses_what_needs_it_and_says_so_until_it_is_there()
            throws Exception {
        try (KeyFolder keys = KeyFolder.of(folder, new char[0], Duration.ofMillis(50));
                GatewayNode late = new GatewayNode(
                        content.database.dataSource(), "late", Set.of(), new Trust(Clock.systemUTC(), keys))) {
            assertThat(node("late").problem()).contains("TM-GATE-0040", "sign-code");
            assertThat(node("late").digest()).isEqualTo(node("content").digest());
            assertThat(get(late.bus, "/copied").statusCode()).isEqualTo(200);
            assertThat(code(signed(late, SignatureProfile.HMAC_SM3))).isEqualTo("TM-GATE-0081");
            assertThat(signed(late, SignatureProfile.SM2_SM3).statusCode()).isEqualTo(200);
            Files.copy(content.keys.resolve("app-keys-2026.hmac"), folder.resolve("app-keys-2026.hmac"));

            await().until(() -> node("late").problem().isEmpty());
            assertThat(signed(late, SignatureProfile.HMAC_SM3).statusCode()).isEqualTo(200);
        } finally {
            content.database.execute("delete from gateway_node where node = 'late'");
        }
    }

    private static HttpResponse<String> signed(GatewayNode node, SignatureProfile profile) {
        Signer signer = profile == SignatureProfile.HMAC_SM3
                ? ContentNode.APP_CODE
                : ContentNode.APP_SM2.signer(SignatureScheme.RAW);
        return SignedCaller.send(new SignedCaller("app-keys", profile, signer)
                .request(node.open, "GET", "/profiles/x", new byte[0], System.currentTimeMillis())
                .build());
    }

    @Test
    void an_orderly_stop_takes_no_call_any_more_and_answers_those_under_way() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        content.backend.answers = (exchange, body) -> {
            if (!exchange.getRequestURI().getPath().endsWith("/health")) {
                arrived.countDown();
                awaited(answer);
            }
            Backend.reply(exchange, 200, "fine");
        };
        GatewayNode leaving = new GatewayNode(
                content.database.dataSource(),
                "leaving",
                Set.of(),
                new Trust(Clock.systemUTC(), KeyFolder.of(content.keys, new char[0], Duration.ofMinutes(1))));
        try {
            CompletableFuture<HttpResponse<String>> underWay = SignedCaller.CLIENT.sendAsync(
                    HttpRequest.newBuilder(uri(leaving.bus, "/asked")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(leaving::stop);

            await().until(() -> isRefused(leaving));
            assertThat(underWay).isNotDone();
            assertThat(stop).isNotDone();
            answer.countDown();
            assertThat(underWay.get(10, TimeUnit.SECONDS).body()).isEqualTo("fine");
            stop.get(30, TimeUnit.SECONDS);
        } finally {
            answer.countDown();
            leaving.close();
            content.database.execute("delete from gateway_node where node = 'leaving'");
        }
    }

    private static boolean isRefused(GatewayNode node) {
        return code(get(node.bus, "/nowhere")).equals("TM-HTTP-0006");
    }

    private static void awaited(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static CopyFigures figures(String service) {
        return content.node.registry.copies(service);
    }

    private static TargetState state(String path) {
        return content.node.registry.services().stream()
                .filter(service -> service.id().equals("asked"))
                .flatMap(service -> service.targets().stream())
                .filter(target -> target.url().endsWith(path))
                .map(TargetFigures::state)
                .findFirst()
                .orElseThrow();
    }

    private static NodeRules node(String name) {
        return content.node.registry.nodes().stream()
                .filter(each -> each.node().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
