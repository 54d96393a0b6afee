package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands around the platform fails: messages are refused or late, never acknowledged and lost. */
class FaultsIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static PlatformClient client;
    private static int next;

    @BeforeAll
    static void connect() {
        client = PLATFORM.client();
    }

    @AfterAll
    static void stop() throws IOException {
        PLATFORM.stop();
        for (Path log : PLATFORM.logs()) {
            assertThat(Files.readAllLines(log))
                    .as("what failed is told in lines with a code, not in traces: " + log.getFileName())
                    .noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void a_full_disk_under_the_journal_refuses_and_recovers_by_itself() throws SQLException {
        long accepted = accepted();
        String controlId = "FAULT-" + ++next;
        fillDiskUnder("message_key");

        assertThat(send(controlId)).contains("MSA|AE|" + controlId).contains("TM-");
        assertThat(accepted()).isEqualTo(accepted);

        makeRoomAgain("message_key");
        assertThat(send(controlId)).contains("MSA|AA|" + controlId);
        awaitDelivered();
    }

    @Test
    void a_full_disk_under_the_canonical_data_refuses_and_leaves_no_half_message() throws SQLException {
        long stored = client.stats().get("stored").asLong();
        String controlId = "FAULT-" + ++next;
        fillDiskUnder("canonical.resource_version");

        assertThat(send(controlId)).contains("MSA|AE|" + controlId).contains("TM-");
        assertThat(client.stats().get("stored").asLong()).isEqualTo(stored);

        makeRoomAgain("canonical.resource_version");
        awaitAcceptance(controlId);
        awaitDelivered();
        assertThat(client.stats().get("stored").asLong()).isEqualTo(stored + 1);
    }

    @Test
    void a_killed_database_delays_and_recovers_by_itself() {
        assertThat(send("FAULT-" + ++next)).contains("MSA|AA");
        killDatabase();

        awaitAcceptance("FAULT-" + ++next);
        await().atMost(LIMIT).until(() -> client.ready());
        awaitDelivered();
    }

    @Test
    void a_database_killed_again_and_again_under_load_loses_nothing_and_doubles_nothing() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        List<HospitalFeed> feeds = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        ExecutorService hospitals = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            HospitalFeed feed = new HospitalFeed(
                    new HospitalFeed.Plan("LOAD" + i, HospitalFeed.Sends.ADMISSIONS, 1_500, 60),
                    PLATFORM.ports()::mllpAdt,
                    acknowledged);
            feeds.add(feed);
            running.add(hospitals.submit(feed));
        }
        for (int kill = 1; kill <= 3; kill++) {
            long at = 1_500L * kill;
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> acknowledged.get() >= at);
            killDatabase();
        }
        for (Future<?> feed : running) {
            feed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        hospitals.shutdown();

        awaitDelivered();
        assertThat(feeds).allSatisfy(feed -> assertThat(feed.refused()).isEmpty());
        new Reckoning(client, PLATFORM.data()).agreesWith(feeds);
    }

    @Test
    void a_killed_broker_loses_no_event_doubles_none_and_delays_nobody() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName broker = new ObjectName("org.apache.activemq.artemis:broker=\"tongmai\"");
        String subscriber = "{\"name\":\"faults\",\"address\":\"canonical.patient-administration\","
                + "\"routing-type\":\"MULTICAST\",\"durable\":true,\"auto-delete\":false}";
        beans.invoke(broker, "createQueue", new Object[] {subscriber}, new String[] {String.class.getName()});
        for (int i = 0; i < 20; i++) {
            if (i == 10) {
                beans.invoke(broker, "forceFailover", null, null);
            }
            assertThat(send("FAULT-" + ++next)).contains("MSA|AA");
        }
        awaitDelivered();

        ObjectName queue = new ObjectName("org.apache.activemq.artemis:broker=\"tongmai\",component=addresses,"
                + "address=\"canonical.patient-administration\",subcomponent=queues,routing-type=\"multicast\","
                + "queue=\"faults\"");
        assertThat(beans.getAttribute(queue, "MessageCount")).isEqualTo(20L);
        beans.invoke(broker, "destroyQueue", new Object[] {"faults", true}, new String[] {
            String.class.getName(), boolean.class.getName()
        });
    }

    @Test
    void a_district_that_is_down_delays_nobody_and_gets_everything_once_when_it_is_back() throws Exception {
        Path faults = PLATFORM.data().resolve("sample-district/faults.txt");
        Files.writeString(faults, "down\n");
        await("the district goes down").atMost(LIMIT).until(() -> Files.notExists(faults));
        long stored = client.stats().get("stored").asLong();
        for (int i = 0; i < 50; i++) {
            assertThat(send("FAULT-" + ++next)).contains("MSA|AA");
        }
        await("the broker has what the district has not")
                .atMost(LIMIT)
                .until(() -> open("canonical-events-to-broker.deliver-events") == 0);
        assertThat(open("hospital-adt-to-district.deliver-to-district")).isEqualTo(50);
        assertThat(client.stats().get("delivered").asLong()).isEqualTo(stored);

        Files.writeString(faults, "recover\n");
        awaitDelivered();
        assertThat(new Reckoning(client, PLATFORM.data())
                        .districtRecords().stream().map(record -> record[1]))
                .doesNotHaveDuplicates()
                .hasSize((int) accepted());
    }

    private static void awaitDelivered() {
        await("everything stored is delivered").atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            var stats = client.stats();
            assertThat(stats.get("delivered").asLong())
                    .isEqualTo(stats.get("stored").asLong());
            assertThat(stats.get("stored").asLong())
                    .isEqualTo(stats.get("accepted").asLong());
            assertThat(stats.get("processing").asLong()).isZero();
            assertThat(stats.get("parked").asLong()).isZero();
        });
    }

    private static void awaitAcceptance(String controlId) {
        await("the repetition is accepted")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> send(controlId).contains("MSA|AA|" + controlId));
    }

    private static void killDatabase() {
        await("a database to kill")
                .atMost(LIMIT)
                .until(
                        () -> new PlatformProcess(PLATFORM.data(), PLATFORM.ports(), "-Xmx64m").postgreSql(),
                        Optional::isPresent)
                .orElseThrow()
                .destroyForcibly();
    }

    /** What PostgreSQL says when it can not write: 53100, disk_full. */
    private static void fillDiskUnder(String table) throws SQLException {
        execute("create function disk_is_full() returns trigger language plpgsql as "
                + "$$ begin raise exception 'No space left on device' using errcode = '53100'; end $$");
        execute("create trigger disk_is_full before insert on " + table
                + " for each row execute function disk_is_full()");
    }

    private static void makeRoomAgain(String table) throws SQLException {
        execute("drop trigger disk_is_full on " + table);
        execute("drop function disk_is_full()");
    }

    private static long open(String destination) throws SQLException {
        try (Connection connection = PLATFORM.bean(DataSource.class).getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select count(*) from delivery where destination = ? and state <> 3")) {
            statement.setString(1, destination);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long accepted() {
        return client.stats().get("accepted").asLong();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = PLATFORM.bean(DataSource.class).getConnection();
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
                "PID|1||F000001^^^FAULT-HOSPITAL^MR||故障^" + controlId + "||19800101|M",
                "PV1|1|I|W1^101^7^FAULT-HOSPITAL||||||||||||||||V9000001^^^FAULT-HOSPITAL",
                "");
        return PlatformClient.exchange(PLATFORM.ports().mllpAdt(), text.getBytes(StandardCharsets.UTF_8));
    }
}
