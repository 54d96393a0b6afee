package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import org.tongmai.console.app.broker.EmbeddedBroker;
import org.tongmai.console.app.database.EmbeddedPostgreSql;
import org.tongmai.console.app.settings.BrokerSettings;

/** Your own PostgreSQL and your own Artemis, by URL, with two instances of the platform on them. */
class OwnServersIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String DATABASE_PASSWORD = "own-database-secret";
    private static final String BROKER_PASSWORD = "own-broker-secret";

    @TempDir
    private Path folder;

    @Test
    void two_instances_share_a_database_and_a_broker_and_one_goes_on_when_the_other_is_killed() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        int brokerPort = PlatformPorts.one();
        String acceptor = "127.0.0.1:" + brokerPort;
        try (EmbeddedPostgreSql database = new EmbeddedPostgreSql(
                        folder.resolve("postgresql"),
                        logs,
                        PlatformPorts.one(),
                        DataSize.ofMegabytes(64),
                        DATABASE_PASSWORD);
                EmbeddedBroker broker = new EmbeddedBroker(
                        folder.resolve("broker"),
                        new BrokerSettings("", "", "", acceptor, DataSize.ofMegabytes(64), 100),
                        BROKER_PASSWORD,
                        4711)) {
            database.start();
            broker.start();
            String[] servers = {
                "--tongmai.database.url=" + database.url(),
                "--tongmai.database.username=" + database.user(),
                "--tongmai.database.password-file=" + file("database-password", DATABASE_PASSWORD),
                "--tongmai.broker.url=tcp://" + acceptor,
                "--tongmai.broker.username=" + broker.user(),
                "--tongmai.broker.password-file=" + file("broker-password", BROKER_PASSWORD)
            };
            try (PlatformProcess first =
                            new PlatformProcess(folder.resolve("first"), PlatformPorts.free(), "-Xmx512m", servers);
                    PlatformProcess second =
                            new PlatformProcess(folder.resolve("second"), PlatformPorts.free(), "-Xmx512m", servers)) {
                bothWork(first, second);
            }
        }
    }

    private static void bothWork(PlatformProcess first, PlatformProcess second) {
        first.start();
        second.start();
        for (int i = 0; i < 10; i++) {
            send(first, "OWN-A" + i);
            send(second, "OWN-B" + i);
        }
        PlatformClient client = first.client();
        assertThat(Files.exists(second.dataDirectory().resolve("first-passwords.txt")))
                .as("the accounts are in the shared database")
                .isFalse();
        awaitDelivered(client, 20);
        send(second, "OWN-A1");
        assertThat(client.stats().get("duplicates").asLong())
                .as("seen by the other instance")
                .isEqualTo(1);

        first.kill();
        send(second, "OWN-C1");
        awaitDelivered(new PlatformClient(second.ports(), first.dataDirectory()), 21);
    }

    private static void send(PlatformProcess platform, String controlId) {
        String text = String.join(
                "\r",
                "MSH|^~\\&|HIS|OWN|TONGMAI|CITY|20261120081500||ADT^A01|" + controlId + "|P|2.5.1",
                "EVN|A01|20261120081500",
                "PID|1||" + controlId + "^^^OWN^MR||Test^Own||19800101|F",
                "PV1|1|I|W1^101^1^OWN||||||||||||||||V" + controlId + "^^^OWN",
                "");
        assertThat(PlatformClient.exchange(platform.ports().mllpAdt(), text.getBytes(StandardCharsets.UTF_8)))
                .contains("MSA|AA|" + controlId);
    }

    private static void awaitDelivered(PlatformClient client, long count) {
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode stats = client.stats();
            assertThat(stats.get("delivered").asLong()).isEqualTo(count);
            assertThat(stats.get("stored").asLong()).isEqualTo(count);
            assertThat(stats.get("parked").asLong()).isZero();
        });
    }

    private Path file(String name, String secret) throws IOException {
        return Files.writeString(folder.resolve(name), secret + "\n");
    }
}
