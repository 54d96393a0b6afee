package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/**
 * kill -9 of either node and of PostgreSQL, and a broker that stops without a farewell, while rules are published, calls come in
 * and become messages: every answer is of one whole publication, no publication and no message that was acknowledged is lost,
 * nobody gets in who may not, and all of it comes back by itself.
 */
class GatewayKillIT {
    private static final long SEED = Long.getLong("tongmai.test.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    /** Runs the database and the broker. */
    private static final int FIRST = 0;

    private static final int SECOND = 1;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final int databasePort = PlatformPorts.one();
    private List<PlatformProcess> nodes;
    private GatewayCallers callers;
    private GatewayMessages messages;
    private GatewayPublisher publisher;

    @Test
    void whatever_is_killed_rules_are_in_force_whole_and_no_call_passes_that_may_not() throws Exception {
        int brokerPort = PlatformPorts.one();
        try (MarkedService service = new MarkedService();
                PlatformProcess first = first(brokerPort);
                PlatformProcess second = second(first, brokerPort)) {
            nodes = List.of(first, second);
            first.start();
            second.start();
            List<PlatformClient> clients = nodes.stream()
                    .map(node -> new PlatformClient(node.ports(), first.dataDirectory()))
                    .toList();
            Instant began = Instant.now();
            publishAndCall(clients, service.url());

            Map<Long, Integer> published = published();
            bothRun(published, clients);
            WholeGenerations whole = new WholeGenerations(published);
            whole.explain(callers.calls(), publisher.acknowledged());
            whole.allow(service.arrivals());
            nobodyElseGotIn();
            everyMessageIsKept("tcp://127.0.0.1:" + brokerPort);
            everyAnswerIsInTheAuditLog(clients.get(FIRST), began);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    /** Until everything was killed, and is back. */
    private void publishAndCall(List<PlatformClient> clients, String service) throws Exception {
        String key = PemKeys.write(KEY.publicKey());
        publisher = new GatewayPublisher(clients, number -> new GatewayGeneration(number).rules(key, service));
        List<PlatformPorts> ports = nodes.stream().map(PlatformProcess::ports).toList();
        callers = new GatewayCallers(KEY, ports);
        messages = new GatewayMessages(ports);
        try (GatewayPublisher publishing = publisher) {
            publishing.start();
            await("the first publication is in force")
                    .atMost(LIMIT)
                    .until(() -> runs(clients.get(SECOND)).stream()
                                    .filter(node -> node.path("revision").asLong() > 0)
                                    .count()
                            == 2);
            try (GatewayCallers calling = callers;
                    GatewayMessages sending = messages) {
                calling.start();
                sending.start();
                killEverything(clients.get(FIRST));
                publishing.close();
            }
        }
    }

    private PlatformProcess first(int brokerPort) throws IOException {
        return new PlatformProcess(
                folder.resolve("first"),
                PlatformPorts.free(),
                "-Xmx512m",
                "--tongmai.bundles.directory=" + Files.createDirectories(folder.resolve("no-bundles")),
                "--tongmai.sample.enabled=false",
                "--tongmai.database.shared-buffers=64MB",
                "--tongmai.database.port=" + databasePort,
                "--tongmai.broker.acceptor=127.0.0.1:" + brokerPort);
    }

    private PlatformProcess second(PlatformProcess first, int brokerPort) {
        Path secrets = first.dataDirectory().resolve("secrets");
        return new PlatformProcess(
                folder.resolve("second"),
                PlatformPorts.free(),
                "-Xmx512m",
                "--tongmai.bundles.directory=" + folder.resolve("no-bundles"),
                "--tongmai.sample.enabled=false",
                "--tongmai.database.url=" + databaseUrl(),
                "--tongmai.database.username=tongmai",
                "--tongmai.database.password-file=" + secrets.resolve("postgresql"),
                "--tongmai.broker.url=tcp://127.0.0.1:" + brokerPort,
                "--tongmai.broker.username=tongmai",
                "--tongmai.broker.password-file=" + secrets.resolve("broker"));
    }

    private void killEverything(PlatformClient first) {
        PlatformProcess owner = nodes.get(FIRST);
        PlatformProcess other = nodes.get(SECOND);
        recovered("at the begin");

        inAPublicationAt(FIRST, other::kill);
        passesAt(FIRST, "beside a node that was killed");
        other.start();
        recovered("after the other node was killed");

        for (int at : List.of(FIRST, SECOND)) {
            inAPublicationAt(at, this::killDatabase);
            recovered("after the database was killed");
        }
        inAPublicationAt(SECOND, () -> new NodeBroker(first).kill(LIMIT));
        recovered("after the broker was killed");

        inAPublicationAt(FIRST, owner::kill);
        publisher.at(SECOND);
        passesAt(SECOND, "while the database has lost its node");
        owner.start();
        recovered("after the node that publishes and runs database and broker was killed");

        inAPublicationAt(SECOND, () -> {
            owner.kill();
            killDatabase();
        });
        owner.start();
        recovered("after node and database were killed");
    }

    /** At a moment nobody chose while rules are being published. */
    private void inAPublicationAt(int node, Runnable kill) {
        publisher.at(node);
        await("a publication")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> publisher.underWayAt(node) > 0);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000)));
        kill.run();
    }

    private void killDatabase() {
        await("a database to kill")
                .atMost(LIMIT)
                .until(() -> nodes.get(FIRST).postgreSql(), Optional::isPresent)
                .orElseThrow()
                .destroyForcibly();
    }

    /** Nobody does anything: calls pass and become messages at both nodes, and rules can be published. */
    private void recovered(String when) {
        long now = System.nanoTime();
        int before = publisher.acknowledged().size();
        for (int node : List.of(FIRST, SECOND)) {
            passesAt(node, when);
            await("a message at node " + node + " " + when)
                    .atMost(LIMIT)
                    .until(() -> messages.acceptedAfter(now, node));
        }
        await("rules are published " + when).atMost(LIMIT).until(() -> publisher.acknowledged().stream()
                .skip(before)
                .anyMatch(each -> each.moment().began() > now));
    }

    private void passesAt(int node, String when) {
        long now = System.nanoTime();
        for (String service : List.of("signed", "pair-a", "pair-b")) {
            await(service + " passes at node " + node + " " + when)
                    .atMost(LIMIT)
                    .until(() -> callers.passedAfter(now, node, service));
        }
    }

    private void bothRun(Map<Long, Integer> published, List<PlatformClient> clients) {
        GatewayPublisher.Acknowledged last =
                publisher.acknowledged().get(publisher.acknowledged().size() - 1);
        assertThat(publisher.acknowledged())
                .as("acknowledged and not lost")
                .allMatch(each -> published.get(each.revision()) == each.generation());
        long highest =
                published.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(published.keySet()).as("revisions without a gap").hasSize((int) highest);
        assertThat(highest).isGreaterThanOrEqualTo(last.revision());
        for (PlatformClient client : clients) {
            await("both nodes run the last publication")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(runs(client)).hasSize(2).allSatisfy(node -> {
                        assertThat(node.path("revision").asLong()).isEqualTo(highest);
                        assertThat(node.path("digest").asText())
                                .isEqualTo(client.json("/api/gateway/publications")
                                        .at("/0/digest")
                                        .asText());
                        assertThat(node.path("problem").asText()).isEmpty();
                    }));
        }
    }

    private void nobodyElseGotIn() {
        assertThat(callers.calls())
                .filteredOn(call -> call.by().equals(GatewayCall.INTRUDER))
                .hasSizeGreaterThan(100)
                .allMatch(call -> call.undecided() || call.answer().status() == 401);
        assertThat(callers.replays())
                .hasSizeGreaterThan(100)
                .allMatch(call -> call.undecided()
                        || call.answer().code().equals("TM-GATE-0012")
                        || call.answer().code().equals("TM-GATE-0007"));
        assertThat(callers.replays())
                .as("known to have come before")
                .anyMatch(call -> call.answer().code().equals("TM-GATE-0012"));
    }

    /** Each call that was accepted is one message; each of the others one or none. */
    private void everyMessageIsKept(String broker) throws IOException, JMSException {
        String password = Files.readString(nodes.get(FIRST).dataDirectory().resolve("secrets/broker"))
                .strip();
        assertThat(messages.accepted()).hasSizeGreaterThan(200);
        assertThat(messages.unanswered()).as("cut off by a kill").isPositive();
        assertThat(new HashSet<>(GatewayMessages.queued(broker, "tongmai", password)))
                .as("accepted and not lost")
                .containsAll(messages.accepted().stream()
                        .map(GatewayMessages.Accepted::number)
                        .toList());
        assertThat(GatewayMessages.queued(broker, "tongmai", password))
                .as("no call is two messages")
                .doesNotHaveDuplicates()
                .allMatch(number -> number > 0 && number <= messages.sent());
    }

    private void everyAnswerIsInTheAuditLog(PlatformClient client, Instant began) throws IOException {
        HttpResponse<byte[]> verdict = client.send("audit-administrator", "/api/audit/verify", request -> request);
        assertThat(JSON.readTree(verdict.body()).path("intact").asBoolean())
                .as(new String(verdict.body(), StandardCharsets.UTF_8))
                .isTrue();
        Set<String> recorded = traces(client, began);
        assertThat(callers.calls())
                .as("answered and not recorded")
                .filteredOn(call -> call.answer().status() != 0
                        && !leavesNoRecord(call.answer().code()))
                .hasSizeGreaterThan(1_000)
                .allMatch(call -> recorded.contains(call.answer().trace()));
        assertThat(messages.accepted())
                .as("accepted and not recorded")
                .allMatch(call -> recorded.contains(call.trace()));
    }

    /** What says itself that it could not be recorded, and what the listener refuses before a call begins. */
    private static boolean leavesNoRecord(String code) {
        return code.startsWith("TM-AUDIT") || code.equals("TM-GATE-0027") || code.startsWith("TM-HTTP");
    }

    private static Set<String> traces(PlatformClient client, Instant began) throws IOException {
        Set<String> traces = new HashSet<>();
        String before = "";
        do {
            HttpResponse<byte[]> answer = client.send(
                    "audit-administrator",
                    "/api/audit?kind=CALL&limit=1000&from=" + began + "&before="
                            + URLEncoder.encode(before, StandardCharsets.UTF_8),
                    request -> request);
            JsonNode page = JSON.readTree(answer.body());
            page.path("items").forEach(item -> traces.add(item.at("/what/trace").asText()));
            before = page.path("next").asText();
        } while (!before.isEmpty());
        return traces;
    }

    private static List<JsonNode> runs(PlatformClient client) {
        return List.of(JSON.convertValue(client.json("/api/gateway/nodes"), JsonNode[].class));
    }

    /** Generation by revision, as the database has them. */
    private Map<Long, Integer> published() throws SQLException, IOException {
        String password = Files.readString(nodes.get(FIRST).dataDirectory().resolve("secrets/postgresql"))
                .strip();
        Map<Long, Integer> published = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(databaseUrl(), "tongmai", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select revision, note from gateway_publication")) {
            while (rows.next()) {
                published.put(rows.getLong(1), Integer.parseInt(rows.getString(2)));
            }
        }
        return published;
    }

    private String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres";
    }
}
