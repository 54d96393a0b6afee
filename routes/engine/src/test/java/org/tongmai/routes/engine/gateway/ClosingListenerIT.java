package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.MllpSender.answer;
import static org.tongmai.routes.engine.gateway.MllpSender.frame;
import static org.tongmai.routes.engine.gateway.MllpSender.message;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tongmai.routes.engine.journal.TestDatabase;

/** What goes on while something is waited for that ends. */
class ClosingListenerIT {
    private static final TestDatabase DATABASE = new TestDatabase();
    /** Longer than any wait of these tests: what they see, they see while it lasts. */
    private static final long LONG_SECONDS = 40;

    private static final String LISTENER =
            """
            {"id": "his-adt", "kind": "mllp", "application": "his", "service": "adt", "addresses": {"allow": ["127.0.0.1"]},
             "parameters": {"port": "%d", "host": "127.0.0.1"}}""";
    /** Behind the last listener: what rules say of this node. */
    private static final String SUSPENDED = "], \"nodes\": [{\"id\": \"closing\", \"state\": \"SUSPENDED\"}";

    private static final String NEW =
            """
            {"id": "new", "gateways": ["BUS"], "methods": ["GET"], "path": "/new", "access": {"identity": "NONE"},
             "transport": {"kind": "http", "targets": [{"url": "%s"}]}}""";

    private static Backend backend;
    private static GatewayNode node;
    private final int port = GatewayNode.freePort();
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        backend = new Backend();
        node = new GatewayNode(DATABASE.dataSource(), "closing", Set.of(), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        DATABASE.close();
    }

    @BeforeEach
    void answer_messages_when_told_to() {
        backend.answers = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("POST")) {
                called.countDown();
                awaitGo();
            }
            Backend.reply(exchange, 200, "{}");
        };
    }

    @AfterEach
    void end() throws IOException {
        go.countDown();
        publish("", "");
    }

    @Test
    @Timeout(LONG_SECONDS)
    void a_new_service_is_published_and_called_while_a_listener_closes() throws Exception {
        publish("", LISTENER.formatted(port));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            frame(socket.getOutputStream(), message("C1").getBytes(StandardCharsets.UTF_8));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            publish("", "");
            await().until(this::isClosed);

            publish(NEW.formatted(backend.url()), "");
            assertThat(get(node.bus, "/new").statusCode()).isEqualTo(200);
            publish("", ""); // and a route goes
            await().until(() -> !hasRoute("service.new"));
            assertThat(go.getCount()).as("it closes still").isOne();

            go.countDown();
            assertThat(answer(socket)).contains("MSA|AA|C1");
            assertThat(socket.getInputStream().read()).isNegative();
        }
        await("nothing is left of it").until(() -> !hasRoute("listener."));
    }

    @Test
    @Timeout(LONG_SECONDS)
    void two_listeners_close_side_by_side() throws Exception {
        int other = GatewayNode.freePort();
        publish("", LISTENER.formatted(port) + ',' + LISTENER.formatted(other).replace("his-adt", "his-oru"));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            frame(socket.getOutputStream(), message("C2").getBytes(StandardCharsets.UTF_8));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            publish("", "");
            await().until(() -> !hasRoute("listener.his-oru"));
            assertThat(go.getCount()).as("the first closes still").isOne();
            go.countDown();
            assertThat(answer(socket)).contains("MSA|AA|C2");
        }
    }

    @Test
    @Timeout(LONG_SECONDS)
    void a_call_whose_sender_has_gone_is_waited_for_and_keeps_nobody_from_publishing() throws Exception {
        publish("", LISTENER.formatted(port));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            frame(socket.getOutputStream(), message("C3").getBytes(StandardCharsets.UTF_8));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        }
        publish("", "");
        publish(NEW.formatted(backend.url()), "");
        assertThat(get(node.bus, "/new").statusCode()).isEqualTo(200);
        await().during(Duration.ofSeconds(3)).until(() -> hasRoute("listener.his-adt"));
        go.countDown();
        await().until(() -> !hasRoute("listener.his-adt"));
    }

    @Test
    @Timeout(LONG_SECONDS)
    void a_listener_that_closes_still_is_not_opened_anew_before_it_is_closed() throws Exception {
        publish("", LISTENER.formatted(port));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            frame(socket.getOutputStream(), message("C4").getBytes(StandardCharsets.UTF_8));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            publish("", "");
            assertThatThrownBy(() -> publish("", LISTENER.formatted(port))).hasMessageContaining("it is being closed");

            go.countDown();
            assertThat(answer(socket)).contains("MSA|AA|C4");
        }
        await().until(() -> !hasRoute("listener."));
        publish("", LISTENER.formatted(port));
        assertThat(isClosed()).isFalse();
    }

    @Test
    @Timeout(LONG_SECONDS)
    void a_node_that_the_rules_suspend_has_no_listener_until_it_is_taken_back() throws Exception {
        publish("", LISTENER.formatted(port));
        assertThat(isClosed()).isFalse();

        publish("", LISTENER.formatted(port) + SUSPENDED);
        await().until(() -> isClosed() && !hasRoute("listener."));

        publish("", LISTENER.formatted(port));
        assertThat(isClosed()).isFalse();
    }

    @Test
    @Timeout(LONG_SECONDS)
    void a_node_says_that_it_is_there_while_who_publishes_waits_for_camel() throws Exception {
        node.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(new SlowToStop()).routeId("slow").process(exchange -> {});
            }
        });
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stop("slow"));
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> publishing =
                CompletableFuture.runAsync(() -> publish(NEW.formatted(backend.url()), ""));

        Instant begun = Instant.now();
        await().atMost(Duration.ofSeconds(20)).until(() -> seen().isAfter(begun.plusSeconds(3)));
        assertThat(publishing).as("as it would stand without").isNotDone();
        go.countDown();
        publishing.get(10, TimeUnit.SECONDS);
        stopping.get(10, TimeUnit.SECONDS);
    }

    /** Its consumer ends when it is told to, and Camel holds its lock meanwhile. */
    private final class SlowToStop extends DefaultEndpoint {
        SlowToStop() {
            super("slow:stop", node.context.getComponent("direct"));
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
                @Override
                protected void doStop() {
                    called.countDown();
                    awaitGo();
                }
            };
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("only a source");
        }
    }

    private static boolean hasRoute(String name) {
        return node.context.getRoutes().stream().anyMatch(route -> route.getId().startsWith(name));
    }

    private static void stop(String route) {
        try {
            node.context.getRouteController().stopRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitGo() {
        try {
            assertThat(go.await(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant seen() {
        return node.registry.nodes().stream()
                .filter(each -> each.node().equals("closing"))
                .map(NodeRules::seenAt)
                .findFirst()
                .orElseThrow();
    }

    private static void publish(String services, String listeners) {
        try (InputStream in = ClosingListenerIT.class.getResourceAsStream("closing-rules.json")) {
            String rules = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("\"@MORE@\"", services.isEmpty() ? "" : ", " + services)
                    .replace("\"@LISTENERS@\"", listeners);
            long revision = node.registry.publications(1).stream()
                    .mapToLong(Publication::revision)
                    .findFirst()
                    .orElse(0);
            node.registry.publish(rules, revision, "", "test");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean isClosed() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
