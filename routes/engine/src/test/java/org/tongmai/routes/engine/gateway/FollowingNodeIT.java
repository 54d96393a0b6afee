package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.journal.TestDatabase;

/** A node that starts with rules that another version, or a node with other settings, published. */
class FollowingNodeIT {
    @Test
    void a_service_the_node_can_not_take_is_refused_and_all_others_are_there() throws Exception {
        try (TestDatabase database = new TestDatabase();
                Backend backend = new Backend()) {
            new GatewayNode(database.dataSource(), "before", Set.of(), Clock.systemUTC()).close();
            publishedByAnother(database, rules(backend.url()));
            try (GatewayNode node = new GatewayNode(database.dataSource(), "after", Set.of(), Clock.systemUTC())) {
                assertThat(get(node.bus, "/well").statusCode()).isEqualTo(200);
                for (String service : List.of("/without-targets", "/of-no-kind", "/by-ftp")) {
                    HttpResponse<String> refused = get(node.bus, service);
                    assertThat(refused.statusCode()).as(service).isEqualTo(503);
                    assertThat(code(refused)).as(service).isEqualTo("TM-GATE-0089");
                }
                assertThat(node.registry.nodes())
                        .filteredOn(each -> each.node().equals("after"))
                        .hasSize(1)
                        .allMatch(each -> each.revision() == 1 && each.problem().startsWith("1: TM-GATE-004"));

                node.context.getRegistry().bind("clearFtpHosts", Set.of("ftp.invalid"));
                await("it is tried again").atMost(Duration.ofMinutes(1)).until(() -> !code(get(node.bus, "/by-ftp"))
                        .equals("TM-GATE-0089"));
                assertThat(get(node.bus, "/well").statusCode()).isEqualTo(200);
            }
        }
    }

    private static String rules(String backend) throws IOException {
        try (InputStream in = FollowingNodeIT.class.getResourceAsStream("rules-of-another-version.json")) {
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
