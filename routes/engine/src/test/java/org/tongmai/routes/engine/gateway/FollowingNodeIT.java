package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;
import static org.tongmai.routes.engine.gateway.SignedCaller.post;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.rules.Doors;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** A node that starts with rules that another version, or a node with other settings, published. */
class FollowingNodeIT {
    @Test
    void a_service_the_node_can_not_take_is_refused_and_all_others_are_there() throws Exception {
        try (TestDatabase database = new TestDatabase();
                Backend backend = new Backend()) {
            new GatewayNode(database.dataSource(), "before", Set.of(), Clock.systemUTC()).close();
            String rules = rules("rules-of-another-version.json", backend.url());
            publishedByAnother(database, rules);
            try (GatewayNode node = new GatewayNode(database.dataSource(), "after", Set.of(), Clock.systemUTC())) {
                assertThat(get(node.bus, "/well").statusCode()).isEqualTo(200);
                for (String service : List.of("/without-targets", "/too-large", "/of-no-kind", "/by-ftp")) {
                    HttpResponse<String> refused = get(node.bus, service);
                    assertThat(refused.statusCode()).as(service).isEqualTo(503);
                    assertThat(code(refused)).as(service).isEqualTo("TM-GATE-0089");
                }
                assertThat(node.registry.nodes())
                        .filteredOn(each -> each.node().equals("after"))
                        .hasSize(1)
                        .allMatch(each -> each.revision() == 1 && each.problem().startsWith("1: TM-GATE-004"))
                        .as("of the text as it is there")
                        .allMatch(each -> each.digest().equals(RuleFiles.digest(rules)));

                node.context.getRegistry().bind("clearFtpHosts", Set.of("ftp.invalid"));
                await("it is tried again").atMost(Duration.ofMinutes(1)).until(() -> !code(get(node.bus, "/by-ftp"))
                        .equals("TM-GATE-0089"));
                assertThat(get(node.bus, "/well").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void what_else_the_node_can_not_take_closes_what_needs_it_and_opens_nothing() throws Exception {
        try (TestDatabase database = new TestDatabase();
                Backend backend = new Backend()) {
            new GatewayNode(database.dataSource(), "before", Set.of(), Clock.systemUTC()).close();
            publishedByAnother(database, rules("rules-not-understood.json", backend.url()));
            try (GatewayNode node = new GatewayNode(database.dataSource(), "after", Set.of(), Clock.systemUTC())) {
                assertThat(get(node.bus, "/well").statusCode()).isEqualTo(200);
                assertThat(as("in-some", node).statusCode())
                        .as("of a group the services there are")
                        .isEqualTo(200);
                assertThat(code(get(node.user, "/of-its-own-domains"))).isEqualTo("TM-GATE-0060");
                assertThat(code(as("nobody", node))).isEqualTo("TM-GATE-0006");

                for (String application : List.of("in-twice", "of-two", "twice", "of-a-later-key")) {
                    assertThat(code(as(application, node))).as(application).isEqualTo("TM-GATE-0089");
                }
                areWithheld(node.user, "/by-newer", "/by-denies", "/of-the-gateways-domains");
                areWithheld(node.open, "/of-the-open-door");
                areWithheld(node.bus, "/of-his", "/of-internet", "/of-the-open-door", "/of-the-gateways-domains");
                areWithheld(node.bus, "/doubled/one", "/doubled/two", "/records/7", "/records/x/y");
                assertThat(get(node.bus, "/records/list").statusCode()).isEqualTo(200);
                assertThat(code(preflight(node, "/of-the-gateways-domains")))
                        .as("no origin is safe any more")
                        .isEqualTo("TM-GATE-0067");
                assertThat(backend.calls).hasValue(3);
                assertThat(node.registry.nodes())
                        .filteredOn(each -> each.node().equals("after"))
                        .singleElement()
                        .satisfies(each -> assertThat(each.problem())
                                .startsWith("1: TM-GATE-0040")
                                .contains("identityProviders[newer]", "domains.USER", "callers[two]", "groups[twice]")
                                .contains("groups[some].services", "applications[twice]", "services[doubled]")
                                .contains("applications[of-a-later-key]", "systems[his]", "serviceDomains[internet]")
                                .contains("identityProviders[denies].deniedUsers", "addresses.OPEN.deny"));
            }
        }
    }

    @Test
    void what_only_who_publishes_is_refused_for_is_there_after_a_restart_and_can_not_be_published_again()
            throws Exception {
        try (TestDatabase database = new TestDatabase();
                Backend backend = new Backend()) {
            new GatewayNode(database.dataSource(), "before", Set.of(), Clock.systemUTC()).close();
            publishedByAnother(database, rules("rules-of-an-older-version.json", backend.url()));
            GatewayRegistry.Place place =
                    new GatewayRegistry.Place("after", Set.of(), new Doors(Doors.ALL.open(), 1_048_576));
            try (GatewayNode node = new GatewayNode(
                    database.dataSource(), place, new UserTokens(id -> null, Clock.systemUTC()), people -> Map.of())) {
                for (String service : List.of("/no-time-to-connect", "/too-much", "/of-no-domain")) {
                    assertThat(get(node.bus, service).statusCode()).as(service).isEqualTo(200);
                }
                assertThat(post(node.bus, "/never-kept").statusCode()).isEqualTo(200);
                assertThat(code(get(node.user, "/by-exchange"))).isEqualTo("TM-GATE-0060");
                assertThat(node.registry.nodes())
                        .filteredOn(each -> each.node().equals("after"))
                        .singleElement()
                        .satisfies(each -> assertThat(each.problem())
                                .as("what runs otherwise than the rules say")
                                .contains("connectTimeout, which says nothing (2s counts)", "found: 2000000")
                                .doesNotContain("never-kept", "secret", "internet"));

                assertThatThrownBy(() -> node.registry.publishAgain(1, 1, "test"))
                        .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                                .extracting(Issue::location)
                                .containsExactlyInAnyOrder(
                                        "services[of-no-domain].domain",
                                        "services[no-time-to-connect].transport.parameters",
                                        "services[never-kept].traffic.cache.methods",
                                        "services[too-much].content.maxBody",
                                        "identityProviders[asked].exchange.constants"));
                assertThat(node.registry.publications(10)).hasSize(1);
                assertThat(node.registry.rules(1)).isEqualTo(rules("rules-of-an-older-version.json", backend.url()));
                assertThatThrownBy(() -> node.registry.rules(2))
                        .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                                .isEqualTo(GatewayError.PUBLICATION_UNKNOWN));
            }
        }
    }

    @Test
    void a_node_that_can_not_take_what_is_said_of_itself_takes_no_calls() throws Exception {
        try (TestDatabase database = new TestDatabase();
                Backend backend = new Backend()) {
            new GatewayNode(database.dataSource(), "before", Set.of(), Clock.systemUTC()).close();
            publishedByAnother(
                    database, rules("rules-not-understood.json", backend.url()).replace("\"other\"", "\"after\""));
            try (GatewayNode node = new GatewayNode(database.dataSource(), "after", Set.of(), Clock.systemUTC())) {
                assertThat(code(get(node.bus, "/well"))).isEqualTo("TM-GATE-0026");
                assertThat(backend.calls).hasValue(0);
                assertThat(node.registry.nodes())
                        .filteredOn(each -> each.node().equals("after"))
                        .singleElement()
                        .satisfies(each -> {
                            assertThat(each.state()).isEqualTo(NodeRules.State.SUSPENDED);
                            assertThat(each.problem()).contains("nodes[after]");
                        });
            }
        }
    }

    private static void areWithheld(int door, String... paths) {
        for (String path : paths) {
            assertThat(code(get(door, path))).as(path).isEqualTo("TM-GATE-0089");
        }
    }

    private static HttpResponse<String> preflight(GatewayNode node, String path) {
        return SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.user, path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("origin", "https://app.example")
                .header("access-control-request-method", "GET")
                .build());
    }

    private static HttpResponse<String> as(String application, GatewayNode node) {
        return SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.bus, "/by-application"))
                .header(RequestSignature.APP_HEADER, application)
                .build());
    }

    private static String rules(String file, String backend) throws IOException {
        try (InputStream in = FollowingNodeIT.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@BACKEND@", backend);
        }
    }

    private static void publishedByAnother(TestDatabase database, String rules) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into gateway_publication"
                        + " (revision, digest, content, note, published_by, published_at)"
                        + " values (1, '', ?, '', 'test', now())")) {
            insert.setString(1, rules);
            insert.executeUpdate();
        }
    }
}
