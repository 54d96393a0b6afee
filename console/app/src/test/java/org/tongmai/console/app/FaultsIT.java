package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What stands around the platform fails: messages are refused or late, never acknowledged and lost. */
class FaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final PlatformPorts PORTS = PlatformPorts.free();

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext platform;
    private static PlatformClient client;
    private static int next;

    @BeforeAll
    static void start() {
        List<String> arguments = new ArrayList<>(PORTS.arguments());
        arguments.add("--tongmai.data-directory=" + folder.resolve("data"));
        arguments.add("--tongmai.database.shared-buffers=64MB");
        arguments.add("--tongmai.bundles.directory=" + SourceTree.root().resolve("routes/bundles"));
        platform = SpringApplication.run(TongmaiApplication.class, arguments.toArray(String[]::new));
        client = new PlatformClient(PORTS, folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void a_full_disk_under_the_journal_refuses_and_recovers_by_itself() throws SQLException {
        execute("create function journal.full_disk() returns trigger language plpgsql as "
                + "$$ begin raise exception 'No space left on device' using errcode = '53100'; end $$");
        execute("create trigger full_disk before insert on journal.message_key "
                + "for each row execute function journal.full_disk()");
        long accepted = accepted();
        String controlId = "FAULT-" + ++next;

        assertThat(send(controlId)).contains("MSA|AE|" + controlId).contains("TM-");
        assertThat(accepted()).isEqualTo(accepted);

        execute("drop trigger full_disk on journal.message_key");
        execute("drop function journal.full_disk()");
        assertThat(send(controlId)).contains("MSA|AA|" + controlId);
        awaitDelivered();
    }

    @Test
    void a_full_disk_under_the_canonical_data_refuses_and_leaves_no_half_message() throws SQLException {
        execute("create function canonical.full_disk() returns trigger language plpgsql as "
                + "$$ begin raise exception 'No space left on device' using errcode = '53100'; end $$");
        execute("create trigger full_disk before insert on canonical.resource_version "
                + "for each row execute function canonical.full_disk()");
        String controlId = "FAULT-" + ++next;

        assertThat(send(controlId)).contains("MSA|AE|" + controlId).contains("TM-");

        execute("drop trigger full_disk on canonical.resource_version");
        execute("drop function canonical.full_disk()");
        await("the repetition is accepted")
                .atMost(LIMIT)
                .until(() -> send(controlId).contains("MSA|AA|" + controlId));
        awaitDelivered();
    }

    @Test
    void a_killed_database_delays_and_recovers_by_itself() {
        assertThat(send("FAULT-" + ++next)).contains("MSA|AA");
        ProcessHandle server = new PlatformProcess(folder.resolve("data"), PORTS, "-Xmx64m")
                .postgreSql()
                .orElseThrow();
        server.destroyForcibly();
        String controlId = "FAULT-" + ++next;

        await("accepted after the database is back")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> send(controlId).contains("MSA|AA|" + controlId));
        await().atMost(LIMIT).until(() -> client.ready());
        awaitDelivered();
    }

    @Test
    void a_killed_broker_loses_no_event_and_delays_nobody() throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("org.apache.activemq.artemis:broker=\"tongmai\""), "forceFailover", null, null);

        for (int i = 0; i < 20; i++) {
            assertThat(send("FAULT-" + ++next)).contains("MSA|AA");
        }
        awaitDelivered();
    }

    @Test
    void a_district_that_is_down_gets_everything_once_when_it_is_back() throws IOException {
        Path faults = folder.resolve("data/sample-district/faults.txt");
        Files.writeString(faults, "down\n");
        await("the twin is down").atMost(LIMIT).until(() -> !Files.exists(faults));
        for (int i = 0; i < 50; i++) {
            assertThat(send("FAULT-" + ++next)).contains("MSA|AA");
        }
        assertThat(client.stats().get("stored").asLong())
                .isGreaterThan(client.stats().get("delivered").asLong());
        Files.writeString(faults, "recover\n");
        awaitDelivered();

        List<String> numbers = Files.readAllLines(folder.resolve("data/sample-district/ledger.csv")).stream()
                .skip(1)
                .map(line -> line.split(",")[1])
                .toList();
        assertThat(numbers).doesNotHaveDuplicates().hasSize((int) accepted());
    }

    private static void awaitDelivered() {
        await("everything stored is delivered").atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            var stats = client.stats();
            assertThat(stats.get("delivered").asLong()).isEqualTo(stats.get("stored").asLong());
            assertThat(stats.get("stored").asLong()).isEqualTo(stats.get("accepted").asLong());
            assertThat(stats.get("parked").asLong()).isZero();
        });
    }

    private static long accepted() {
        return client.stats().get("accepted").asLong();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = platform.getBean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private static String send(String controlId) {
        String text = String.join(
                "\r",
                "MSH|^~\\&|HIS|FAULT-HOSPITAL|TONGMAI|CITY|20261120081500||ADT^A08|" + controlId
                        + "|P|2.5.1|||||CHN|UNICODE UTF-8",
                "EVN|A08|20261120081500",
                "PID|1||F000001^^^FAULT-HOSPITAL^MR||故障^乙||19800101|M",
                "PV1|1|I|W1^101^7^FAULT-HOSPITAL||||||||||||||||V9000001^^^FAULT-HOSPITAL",
                "");
        return PlatformClient.exchange(PORTS.mllpAdt(), text.getBytes(StandardCharsets.UTF_8));
    }
}
