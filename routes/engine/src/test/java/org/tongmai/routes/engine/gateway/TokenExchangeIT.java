package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.UserGateway.outcome;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.error.CodedException;

/** Users of a channel whose provider is asked about each token, over HTTP against a node. */
class TokenExchangeIT {
    private static final String MOTHER = "110101198503070023";
    private static final String GOOD = "{\"code\":0,\"data\":{\"idCard\":\"" + MOTHER + "\",\"expiresIn\":30}}";

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
        gateway.backend.calls.set(0);
        gateway.provider.calls.set(0);
    }

    @Test
    void a_channel_s_token_is_exchanged_once_signed_and_its_user_may_have_only_what_is_its_own() {
        AtomicReference<String> asked = new AtomicReference<>("");
        gateway.provider.answers = (exchange, body) -> {
            asked.set(new String(body, StandardCharsets.UTF_8));
            Backend.reply(
                    exchange,
                    200,
                    "{\"code\":0,\"data\":{\"idCard\":\"" + MOTHER + "\",\"scopes\":\"a\",\"expiresIn\":30}}");
        };

        List<CompletableFuture<HttpResponse<String>>> together = IntStream.range(0, 10)
                .mapToObj(i -> SignedCaller.CLIENT.sendAsync(
                        channel("ticket-1", "/exchanged/" + MOTHER), HttpResponse.BodyHandlers.ofString()))
                .toList();
        assertThat(together).allSatisfy(each -> assertThat(outcome(each.join())).isEqualTo("pass"));
        assertThat(outcome(SignedCaller.send(channel("ticket-1", "/exchanged/11010119900307451X"))))
                .isEqualTo("TM-GATE-0071");

        assertThat(gateway.provider.calls).hasValue(1);
        Map<String, String> members = Arrays.stream(asked.get().split("&"))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
        String signature = members.remove("sign");
        String canonical = members.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        assertThat(members).containsEntry("accessToken", "ticket-1").containsEntry("appId", "app-7");
        assertThat(signature)
                .isEqualTo(HexFormat.of()
                        .formatHex(HmacSm3Key.of(UserGateway.SHARED).sign(canonical.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_channel_s_token_the_provider_does_not_know_is_refused_and_one_it_can_not_be_asked_about_waits() {
        String unknown = GOOD.replace("\"code\":0", "\"code\":1"); // and yet it names somebody
        gateway.provider.answers = (exchange, body) -> Backend.reply(exchange, 200, unknown);
        assertThat(outcome(SignedCaller.send(channel("unknown", "/exchanged/" + MOTHER))))
                .isEqualTo("TM-GATE-0061");
        assertThat(outcome(SignedCaller.send(channel("unknown", "/exchanged/" + MOTHER))))
                .isEqualTo("TM-GATE-0061");
        assertThat(gateway.provider.calls).hasValue(1);
        String large = "{\"x\":\"" + "x".repeat(2_000_000) + "\"}";
        for (String broken : List.of("<html>", "{}", "[]", "{\"code\":{}}", "{\"code\":0,\"code\":1}", large)) {
            gateway.provider.answers = (exchange, body) -> Backend.reply(exchange, 200, broken);
            assertThat(outcome(SignedCaller.send(channel("t" + broken.hashCode(), "/exchanged/" + MOTHER))))
                    .as(broken.substring(0, 2))
                    .isEqualTo("TM-GATE-0065");
        }
        gateway.provider.answers =
                (exchange, body) -> Backend.reply(exchange, 200, "{\"code\":0,\"data\":{\"expiresIn\":9}}");
        assertThat(outcome(SignedCaller.send(channel("nobody", "/exchanged/" + MOTHER))))
                .isEqualTo("TM-GATE-0061");
        gateway.provider.answers = (exchange, body) ->
                Backend.reply(exchange, 200, "{\"code\":0,\"data\":{\"idCard\":\"" + MOTHER + "\",\"expiresIn\":0}}");
        assertThat(outcome(SignedCaller.send(channel("over", "/exchanged/" + MOTHER))))
                .isEqualTo("TM-GATE-0061");
        gateway.provider.answers = (exchange, body) -> Backend.reply(exchange, 503, "");
        assertThat(outcome(SignedCaller.send(channel("later", "/exchanged/" + MOTHER))))
                .isEqualTo("TM-GATE-0065");
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @Test
    void many_slow_exchanges_at_once_wait_for_each_other_on_no_thread() {
        CyclicBarrier all = new CyclicBarrier(20);
        gateway.provider.answers = (exchange, body) -> {
            try {
                byte[] answer = GOOD.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer, 0, 5);
                exchange.getResponseBody().flush();
                all.await(4, TimeUnit.SECONDS);
                exchange.getResponseBody().write(answer, 5, answer.length - 5);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException(e);
            }
        };

        List<CompletableFuture<HttpResponse<String>>> together = IntStream.range(0, 20)
                .mapToObj(i -> SignedCaller.CLIENT.sendAsync(
                        channel("slow-" + i, "/exchanged/" + MOTHER), HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(together).allSatisfy(each -> assertThat(outcome(each.join())).isEqualTo("pass"));
    }

    @Test
    void a_node_without_the_key_of_a_provider_serves_all_others_and_its_users_once_the_key_is_there() throws Exception {
        gateway.provider.answers = (exchange, body) -> Backend.reply(exchange, 200, GOOD);
        AtomicReference<byte[]> key = new AtomicReference<>();
        try (GatewayNode late = new GatewayNode(
                gateway.database.dataSource(),
                new GatewayRegistry.Place("late", Set.of()),
                new UserTokens(id -> key.get(), Clock.systemUTC()),
                gateway.family)) {
            assertThat(gateway.node.registry.nodes())
                    .filteredOn(node -> node.node().equals("late"))
                    .extracting(NodeRules::problem)
                    .allMatch(problem -> problem.contains("identityProviders[channel]"));
            HttpRequest resident = HttpRequest.newBuilder(SignedCaller.uri(late.user, "/plain/x"))
                    .header("Authorization", "Bearer " + Tokens.good(MOTHER).signed(UserGateway.EC))
                    .build();
            assertThat(outcome(SignedCaller.send(resident))).isEqualTo("pass");
            HttpRequest asked = HttpRequest.newBuilder(SignedCaller.uri(late.user, "/exchanged/" + MOTHER))
                    .header("X-Channel-Token", "ticket-late")
                    .build();
            assertThat(outcome(SignedCaller.send(asked))).isEqualTo("TM-GATE-0065");
            key.set(UserGateway.SHARED);

            await().until(() -> outcome(SignedCaller.send(asked)).equals("pass"));
        } finally {
            gateway.database.execute("delete from gateway_node where node = 'late'");
        }
    }

    @Test
    void a_publication_that_did_not_come_about_forgets_no_token() {
        gateway.provider.answers = (exchange, body) -> Backend.reply(exchange, 200, GOOD);
        assertThat(outcome(SignedCaller.send(channel("ticket-kept", "/exchanged/" + MOTHER))))
                .isEqualTo("pass");
        String rules = gateway.rules();
        String noRoute = rules.replace("\"app-7\"", "\"app-8\"")
                .replace(
                        "{\"kind\": \"http\", \"targets\"",
                        "{\"kind\": \"http\", \"parameters\": {\"tlsKeyStore\": \"none\", \"account\": \"nobody\"}, \"targets\"");

        assertThatThrownBy(() -> gateway.publish(noRoute))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(GatewayError.ROUTE_NOT_STARTED));
        gateway.publish(rules.replace("\"title\": \"统一身份认证\"", "\"title\": \"又一次\""));

        assertThat(outcome(SignedCaller.send(channel("ticket-kept", "/exchanged/" + MOTHER))))
                .isEqualTo("pass");
        assertThat(gateway.provider.calls).hasValue(1);
    }

    @Test
    void questions_without_an_answer_about_one_provider_s_tokens_keep_no_other_provider_from_its_keys()
            throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        gateway.provider.answers = (exchange, body) -> {
            if (exchange.getRequestURI().getPath().equals("/keys")) {
                Backend.reply(exchange, 200, gateway.published.get().toString());
            } else {
                awaited(never);
            }
        };
        List<CompletableFuture<HttpResponse<String>>> strangers = IntStream.range(0, 260)
                .mapToObj(i -> SignedCaller.CLIENT.sendAsync(
                        channel("stranger-" + i, "/exchanged/" + MOTHER), HttpResponse.BodyHandlers.ofString()))
                .toList();
        try {
            await().until(() -> strangers.stream().anyMatch(CompletableFuture::isDone));

            HttpRequest resident = gateway.request("/fetched")
                    .header(
                            "Authorization",
                            "Bearer " + Tokens.good(MOTHER).signed(UserGateway.RSA, JWSAlgorithm.PS256))
                    .build();
            assertThat(outcome(SignedCaller.send(resident))).isEqualTo("pass");
        } finally {
            never.countDown();
            strangers.forEach(CompletableFuture::join);
        }
    }

    private static void awaited(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static HttpRequest channel(String ticket, String target) {
        return gateway.request(target).header("X-Channel-Token", ticket).build();
    }
}
