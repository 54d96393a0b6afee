package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.uri;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.Gateways.CacheFigures;
import org.tongmai.routes.engine.gateway.Gateways.ServiceFigures;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Kept answers of two nodes: of queries by POST, counted, and forgotten on both when somebody wants it. */
class KeptAnswersIT {
    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode one;
    private static GatewayNode two;

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        one = new GatewayNode(database.dataSource(), "one", Set.of(), Clock.systemUTC());
        two = new GatewayNode(database.dataSource(), "two", Set.of(), Clock.systemUTC());
        one.registry.publish(rules(), 0, "", "test");
        await().until(() -> two.registry.inForce().services().size() == 2);
    }

    @AfterAll
    static void close() {
        two.close();
        one.close();
        backend.close();
        database.close();
    }

    private static int search(GatewayNode node, String content) {
        return SignedCaller.send(HttpRequest.newBuilder(uri(node.bus, "/search"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(content))
                        .build())
                .statusCode();
    }

    private static CacheFigures figures(GatewayNode node, String id) {
        return node.registry.services().stream()
                .filter(service -> service.id().equals(id))
                .map(ServiceFigures::cache)
                .reduce(null, (none, found) -> found);
    }

    @Test
    void answers_of_queries_by_post_are_kept_counted_and_forgotten_on_every_node_when_somebody_wants_it() {
        backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "no-store");
            Backend.reply(exchange, 200, "fine");
        };
        for (GatewayNode node : List.of(one, two)) {
            assertThat(search(node, "{\"hospital\":\"h1\",\"trace\":1}")).isEqualTo(200);
            assertThat(search(node, "{\"hospital\":\"h1\",\"trace\":2}")).isEqualTo(200);
        }
        assertThat(backend.calls).hasValue(2);
        assertThat(figures(one, "search")).isEqualTo(new CacheFigures(1, 1, 1));
        assertThat(figures(one, "plain")).isNull();

        one.registry.clearKept("search", "test");

        assertThat(figures(one, "search")).isEqualTo(new CacheFigures(1, 1, 0));
        await().until(() -> figures(two, "search").kept() == 0);
        assertThat(search(one, "{\"hospital\":\"h1\",\"trace\":3}")).isEqualTo(200);
        assertThat(backend.calls).hasValue(3);
        assertThatThrownBy(() -> one.registry.clearKept("nobody", "test")).hasMessageContaining("TM-GATE-0088");
    }

    @Test
    void a_cache_that_would_never_keep_an_answer_or_would_keep_what_must_not_be_repeated_is_not_published() {
        broken("\"methods\": [\"POST\"],\n       \"parameters\"", "\"parameters\"");
        broken("\"idempotent\": [\"GET\", \"POST\"]", "\"idempotent\": [\"GET\"]");
        broken("\"methods\": [\"POST\"],\n", "\"methods\": [\"POST\", \"PUT\"],\n");
    }

    private static void broken(String good, String bad) {
        String rules = rules();
        assertThat(rules).contains(good);
        assertThatThrownBy(() -> one.registry.publish(rules.replace(good, bad), 1, "", "test"))
                .as(bad)
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(Issue::location)
                        .containsExactly("services[search].traffic.cache.methods"));
    }

    private static String rules() {
        try (InputStream in = KeptAnswersIT.class.getResourceAsStream("kept-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@BACKEND@", backend.url());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
