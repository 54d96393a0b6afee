package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.routes.engine.journal.TestDatabase;

/** Behind a reverse proxy lists of addresses, rates, the access log and the audit log all go by who calls. */
class CallerAddressIT {
    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode node;

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        node = new GatewayNode(database.dataSource(), "behind-a-proxy", Set.of(), Clock.systemUTC());
        try (InputStream in = CallerAddressIT.class.getResourceAsStream("proxy-rules.json")) {
            String rules = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            node.registry.publish(rules.replace("@BACKEND@", backend.url()), 0, "", "test");
        }
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "127.0.0.9; 203.0.113.9; 200",
                "127.0.0.9; 198.51.100.1, 203.0.113.9; 200",
                "127.0.0.9; 2001:db8:2::9; 200",
                "127.0.0.9; 198.51.100.1; 403",
                "127.0.0.9; 203.0.113.9, 198.51.100.1; 403",
                "127.0.0.9; nobody; 400",
                "127.0.0.1; 203.0.113.9; 403"
            })
    void addresses_are_allowed_by_who_calls_and_not_by_what_anybody_says(String peer, String field, int status)
            throws IOException {
        assertThat(call(peer, "/near", field)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void a_rate_of_addresses_is_each_callers_own() throws IOException {
        for (String caller : List.of("203.0.113.21", "203.0.113.22")) {
            assertThat(call(GatewayNode.PROXY, "/few", caller)).startsWith("HTTP/1.1 200");
            assertThat(call(GatewayNode.PROXY, "/few", caller)).startsWith("HTTP/1.1 200");
            assertThat(call(GatewayNode.PROXY, "/few", caller)).startsWith("HTTP/1.1 429");
        }
    }

    @Test
    void the_access_log_and_the_audit_log_have_the_address_of_who_calls() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
        logger.setLevel(Level.INFO);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            String answer = call(GatewayNode.PROXY, "/near", "203.0.113.31");
            String trace = answer.replaceAll("(?is).*x-tongmai-trace: ([0-9a-f]{32}).*", "$1");

            assertThat(actors(trace)).containsExactly("203.0.113.31");
            await().untilAsserted(() -> assertThat(List.copyOf(lines.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains(trace))
                    .singleElement()
                    .asString()
                    .contains("\"address\":\"203.0.113.31\""));
        } finally {
            logger.detachAppender(lines);
        }
    }

    private static List<String> actors(String trace) {
        Instant now = Instant.now();
        AuditQuery query = new AuditQuery(
                now.minusSeconds(600), now.plusSeconds(60), Map.of(AuditQuery.Term.TRACE, trace), null, "", 10);
        return node.audit.search(query).entries().stream()
                .map(entry -> entry.record().actor().address())
                .toList();
    }

    /** The head of the answer, and what came with it. */
    private static String call(String peer, String path, String forwardedFor) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", node.bus, InetAddress.getByName(peer), 0)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + forwardedFor + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[8_192];
            int length = 0;
            while (!new String(answer, 0, length, StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                int read = socket.getInputStream().read(answer, length, answer.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
            }
            return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
