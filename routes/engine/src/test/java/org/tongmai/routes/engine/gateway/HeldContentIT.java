package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.post;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.rules.Doors;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;

/** Contents that a rule wants held in memory, on nodes whose doors hold no more than their settings say. */
class HeldContentIT {
    private static final String RULES =
            """
            {"services": [
              {"id": "notes", "gateways": ["BUS"], "methods": ["POST"], "path": "/notes", "access": {"identity": "NONE"},
               "transport": {"kind": "http", "targets": [{"url": "%1$s"}]}, "content": {"maxBody": %2$s}},
              {"id": "usual", "gateways": ["BUS"], "methods": ["POST"], "path": "/usual", "access": {"identity": "NONE"},
               "transport": {"kind": "http", "targets": [{"url": "%1$s"}]}}]}
            """;

    private static GatewayNode node(TestDatabase database, String name, long maxBody) throws Exception {
        return new GatewayNode(
                database.dataSource(),
                new GatewayRegistry.Place(name, Set.of(), new Doors(Doors.ALL.open(), maxBody)),
                new UserTokens(provider -> null, Clock.systemUTC()),
                questions -> Map.of());
    }

    @Test
    void more_than_the_doors_take_is_not_published_and_where_they_take_less_they_take_that() throws Exception {
        try (TestDatabase database = new TestDatabase();
                Backend backend = new Backend();
                GatewayNode wide = node(database, "wide", 1_000_000);
                GatewayNode narrow = node(database, "narrow", 100_000)) {
            refused(wide, RULES.formatted(backend.url(), "1000001"), "1000000, tongmai.gateway.max-body");
            refused(wide, RULES.formatted(backend.url(), "-1"), "found: -1");
            refused(narrow, RULES.formatted(backend.url(), "200000"), "100000, tongmai.gateway.max-body");

            wide.registry.publish(RULES.formatted(backend.url(), "200000"), 0, "", "test");

            await().until(() -> narrow.registry.inForce().services().size() == 2);
            assertThat(post(wide.bus, "/notes").statusCode()).isEqualTo(200);
            assertThat(post(narrow.bus, "/notes").statusCode())
                    .as("its doors refuse what they do not hold, whatever is agreed")
                    .isEqualTo(200);
            assertThat(post(narrow.bus, "/usual").statusCode())
                    .as("the default is for every node")
                    .isEqualTo(200);
            await().until(() -> wide.registry.nodes().stream()
                    .anyMatch(each -> each.node().equals("narrow")
                            && each.problem().contains("services[notes].content.maxBody")));
        }
    }

    private static void refused(GatewayNode node, String rules, String detail) {
        assertThatThrownBy(() -> node.registry.publish(rules, 0, "", "test"))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.issues())
                            .extracting(issue -> issue.location())
                            .containsExactly("services[notes].content.maxBody");
                    assertThat(e.issues().get(0).detail()).contains(detail);
                });
    }
}
