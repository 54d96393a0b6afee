package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The browser test of the page Gateways, in Chromium, against the whole platform: rules are published, refused and overtaken
 * as they really are, a service learns from real calls, a guardianship is between two people of the real patient index.
 */
class GatewaysPageIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private final PlatformClient client = PLATFORM.client();

    @Test
    void the_page_shows_changes_and_publishes_what_the_gateways_run(@TempDir Path folder) throws Exception {
        PagesInChromium pages = PagesInChromium.orSkip(folder);
        addNodeThatIsSilent();
        pages.pass(
                "gateways.test.mjs",
                Map.of(
                        "BASE_URL", "http://127.0.0.1:" + PLATFORM.ports().http(),
                        "USER_GATEWAY", "http://127.0.0.1:" + PLATFORM.ports().gatewayUser(),
                        "SECURITY_PASSWORD", client.password("security-administrator"),
                        "OPERATOR_PASSWORD", client.password("operator"),
                        "VIEWER_PASSWORD", client.password("viewer"),
                        "GUARDIAN", patient("R1", "虚构芳"),
                        "WARD", patient("R2", "虚构宝")));
    }

    /** As a node that was killed an hour ago left it. */
    private static void addNodeThatIsSilent() throws SQLException {
        try (Connection connection = PLATFORM.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into gateway_node (node, revision, digest, applied_at, problem, seen_at)"
                    + " values ('quiet-node', 0, '', now() - interval '2 hours', '', now() - interval '1 hour')");
        }
    }

    private String patient(String record, String name) {
        HttpResponse<byte[]> answer = new FhirSender(client).post("Patient", FhirSender.patient(record, name));
        assertThat(answer.statusCode()).as(FhirSender.text(answer)).isEqualTo(201);
        String id = answer.headers().firstValue("location").orElseThrow().replaceFirst(".*Patient/([^/]+).*", "$1");
        await("indexed")
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.get("/api/patient-index/" + id).statusCode() == 200);
        return id;
    }
}
