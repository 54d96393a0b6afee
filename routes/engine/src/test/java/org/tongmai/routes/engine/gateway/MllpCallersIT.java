package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.MllpSender.answer;
import static org.tongmai.routes.engine.gateway.MllpSender.frame;
import static org.tongmai.routes.engine.gateway.MllpSender.message;
import static org.tongmai.routes.engine.gateway.MllpSender.send;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;

/** Callers that send HL7 v2 over MLLP to services behind the bus. */
class MllpCallersIT {
    private static final TestDatabase DATABASE = new TestDatabase();
    private static final int MLLP = GatewayNode.freePort();
    private static final int FAR = GatewayNode.freePort();
    private static final int OTHER = GatewayNode.freePort();
    private static final int TLS = GatewayNode.freePort();
    private static final String ANOTHER =
            """
            {"id": "more", "kind": "mllp", "application": "his", "service": "adt", "addresses": {"allow": ["127.0.0.1"]},
             "parameters": {"port": "%d", "host": "127.0.0.1"}},
            """;

    @TempDir
    private static Path files;

    private static MllpCertificates certificates;
    private static Backend backend;
    private static GatewayNode node;
    private final AtomicReference<Received> received = new AtomicReference<>();

    /** What the service got. */
    private record Received(String type, String application, byte[] body) {}

    @BeforeAll
    static void start() throws Exception {
        certificates = new MllpCertificates(files);
        backend = new Backend();
        node = new GatewayNode(DATABASE.dataSource(), "listening", Set.of(), Clock.systemUTC());
        node.registry.publish(rules(), 0, "", "test");
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        DATABASE.close();
    }

    @BeforeEach
    void reset() {
        backend.calls.set(0);
        backend.targets.clear();
        answers(200, "{}");
    }

    private static String rules() throws IOException {
        try (InputStream in = MllpCallersIT.class.getResourceAsStream("listener-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("@MLLP@", Integer.toString(MLLP))
                    .replace("@FAR@", Integer.toString(FAR))
                    .replace("@OTHER@", Integer.toString(OTHER))
                    .replace("@TLS@", Integer.toString(TLS))
                    .replace("@KEYS@", certificates.keys().toString())
                    .replace("@TRUST@", certificates.trust().toString());
        }
    }

    @Test
    void a_message_is_the_call_of_a_service_and_its_answer_the_acknowledgement() throws Exception {
        try (DefaultHapiContext hapi = new DefaultHapiContext(new GenericModelClassFactory())) {
            hapi.setValidationContext(ValidationContextFactory.noValidation());
            Connection connection = hapi.newClient("127.0.0.1", MLLP, false);
            String answer = connection
                    .getInitiator()
                    .sendAndReceive(hapi.getGenericParser().parse(message("C1")))
                    .encode();
            assertThat(answer).contains("MSA|AA|C1").doesNotContain("ERR|");
            connection.close();
        }
        assertThat(backend.targets).containsExactly("POST /hl7/adt");
        assertThat(received.get().application()).isEqualTo("his");
        assertThat(node.audit
                        .search(new AuditQuery(
                                Instant.now().minusSeconds(600),
                                Instant.now().plusSeconds(1),
                                Map.of(AuditQuery.Term.OBJECT, "bus/adt"),
                                null,
                                "",
                                100))
                        .entries())
                .anyMatch(entry -> entry.record().actor().name().equals("his by listener his-adt"));

        Charset gb = Charset.forName("GB18030");
        byte[] sent =
                message("C2").replace("|P|2.5\r", "|P|2.5||||||GB 18030-2000\r").getBytes(gb);
        assertThat(send(MLLP, sent)).contains("MSA|AA|C2");
        assertThat(received.get().body()).isEqualTo(sent);
        assertThat(received.get().type()).isEqualTo("application/hl7-v2; charset=GB18030");
    }

    @ParameterizedTest
    @CsvSource({
        "201, AA, ''",
        "302, AR, TM-GATE-0098",
        "404, AE, TM-GATE-0097",
        "422, AE, TM-GATE-0097",
        "500, AR, TM-GATE-0098",
        "503, AR, TM-GATE-0098"
    })
    void nothing_is_acknowledged_that_was_not_taken(int status, String acknowledgement, String code)
            throws IOException {
        answers(status, "{\"code\":\"HIS-ADT-0001\",\"patient\":\"王小明\"}");

        String answer = send(MLLP, message("C3").getBytes(StandardCharsets.UTF_8));

        assertThat(answer).contains("MSA|" + acknowledgement + "|C3", code).doesNotContain("王小明");
        if (!code.isEmpty()) {
            assertThat(answer).contains("ERR|", "status: " + status, "HIS-ADT-0001");
        }
        assertThat(backend.calls).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "MSA|AA|C13, AA, ''",
        "MSA|CA|C13, AA, ''",
        "MSA|AE|C13|王小明, AE, TM-GATE-0097",
        "MSA|AR|C13, AR, TM-GATE-0098",
        "MSA|王小明|C13, AR, TM-GATE-0098",
        "NTE|1, AR, TM-GATE-0098"
    })
    void an_answer_in_hl7_is_what_it_says_and_not_what_its_status_says(
            String segment, String acknowledgement, String code) throws IOException {
        backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().add("content-type", "application/hl7-v2");
            Backend.reply(exchange, 200, "MSH|^~\\&|||||20260301||ACK|1|P|2.5\r" + segment + "\r");
        };
        assertThat(send(MLLP, message("C13").getBytes(StandardCharsets.UTF_8)))
                .contains("MSA|" + acknowledgement + "|C13", code)
                .doesNotContain("王小明");
    }

    @Test
    void messages_of_one_connection_are_called_one_after_the_other() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch another = new CountDownLatch(1);
        AtomicBoolean overtaken = new AtomicBoolean();
        backend.answers = (exchange, body) -> {
            order.add(new String(body, StandardCharsets.UTF_8).split("\\|")[9]);
            if (order.size() == 1) {
                overtaken.set(awaited(another, 300));
            } else {
                another.countDown();
            }
            Backend.reply(exchange, 200, "{}");
        };
        try (Socket socket = new Socket("127.0.0.1", MLLP)) {
            ByteArrayOutputStream pipelined = new ByteArrayOutputStream();
            for (int i = 1; i <= 5; i++) {
                frame(pipelined, message("P" + i).getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write(pipelined.toByteArray());
            for (int i = 1; i <= 5; i++) {
                assertThat(answer(socket)).contains("MSA|AA|P" + i);
            }
        }
        assertThat(order).containsExactly("P1", "P2", "P3", "P4", "P5");
        assertThat(overtaken).isFalse();
    }

    @Test
    void a_listener_that_closes_answers_what_it_has_under_way() throws Exception {
        int more = GatewayNode.freePort();
        String with = "\"listeners\": [" + ANOTHER.formatted(more);
        publish(rules().replace("PT3S", "PT30S").replace("\"listeners\": [", with));
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        backend.answers = (exchange, body) -> {
            called.countDown();
            awaited(go, 20_000);
            Backend.reply(exchange, 200, "{}");
        };
        try (Socket socket = new Socket("127.0.0.1", more)) {
            frame(socket.getOutputStream(), message("C15").getBytes(StandardCharsets.UTF_8));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            publish(rules());
            await().until(() -> isClosed(more));
            publish(rules()); // and who closes keeps nobody from publishing
            go.countDown();
            assertThat(answer(socket)).contains("MSA|AA|C15");
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void there_is_no_acknowledgement_before_the_answer_and_none_that_is_positive_without() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        backend.answers = (exchange, body) -> {
            called.countDown();
            awaited(go, 20_000);
            Backend.reply(exchange, 200, "{}");
        };
        try (Socket socket = new Socket("127.0.0.1", MLLP)) {
            frame(socket.getOutputStream(), message("C4").getBytes(StandardCharsets.UTF_8));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.getInputStream().available()).isZero();
            go.countDown();
            assertThat(answer(socket)).contains("MSA|AA|C4");
        }
        CountDownLatch late = new CountDownLatch(1);
        backend.answers = (exchange, body) -> awaited(late, 20_000);
        assertThat(send(MLLP, message("C5").getBytes(StandardCharsets.UTF_8))).contains("MSA|AE|C5", "TM-GATE-0020");
        late.countDown();
    }

    @Test
    void nobody_comes_past_address_authorisation_and_screening() throws IOException {
        byte[] good = message("C6").getBytes(StandardCharsets.UTF_8);
        assertThat(send(FAR, good)).contains("MSA|AR|C6", "TM-GATE-0005");
        assertThat(send(OTHER, good)).contains("MSA|AR|C6", "TM-GATE-0007");
        byte[] attack = message("C7").replace("王^小明", "1' OR '1'='1").getBytes(StandardCharsets.UTF_8);
        assertThat(send(MLLP, attack)).contains("MSA|AR|C7", "TM-SCREEN-0002");
        assertThat(send(MLLP, "PID|1||P1\r".getBytes(StandardCharsets.UTF_8)))
                .contains("TM-HL7-")
                .doesNotContain("MSA|AA");
        assertThat(backend.calls).hasValue(0);
        // By HTTP the same service still wants the application named and authorised.
        assertThat(SignedCaller.code(SignedCaller.post(node.bus, "/hl7/adt"))).isEqualTo("TM-GATE-0006");
    }

    @Test
    void where_a_certificate_is_asked_for_nobody_comes_in_without_and_who_has_one_needs_no_address() throws Exception {
        byte[] message = message("C11").getBytes(StandardCharsets.UTF_8);
        try (Socket socket = certificates.shown().getSocketFactory().createSocket("127.0.0.1", TLS)) {
            frame(socket.getOutputStream(), message);
            assertThat(answer(socket)).contains("MSA|AA|C11");
        }
        assertThatThrownBy(() -> {
                    try (Socket socket =
                            certificates.notShown().getSocketFactory().createSocket("127.0.0.1", TLS)) {
                        frame(socket.getOutputStream(), message);
                        assertThat(answer(socket)).isNotEmpty();
                    }
                })
                .isInstanceOf(IOException.class);
        try (Socket plain = new Socket("127.0.0.1", TLS)) {
            frame(plain.getOutputStream(), message);
            assertThat(answer(plain)).doesNotContain("MSA");
        }
        assertThat(backend.calls).hasValue(1);
    }

    @Test
    void who_sends_garbage_too_much_or_nothing_more_harms_nobody() throws IOException {
        try (Socket slow = new Socket("127.0.0.1", MLLP);
                Socket garbage = new Socket("127.0.0.1", MLLP)) {
            slow.getOutputStream().write("\u000bMSH|^~\\&|".getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            garbage.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            garbage.getOutputStream().flush();
            String large = message("C8") + "\rNTE|1||" + "x".repeat(200_000);
            assertThat(send(MLLP, large.getBytes(StandardCharsets.UTF_8)))
                    .contains("|C8")
                    .doesNotContain("MSA|AA");
            assertThat(send(MLLP, message("C9").getBytes(StandardCharsets.UTF_8)))
                    .contains("MSA|AA|C9");
        }
        assertThat(backend.calls).hasValue(1);
    }

    @Test
    void a_port_opens_and_closes_with_publications_and_one_that_is_taken_is_told() throws Exception {
        int more = GatewayNode.freePort();
        String with = rules().replace("\"listeners\": [", "\"listeners\": [" + ANOTHER.formatted(more));
        byte[] message = message("C10").getBytes(StandardCharsets.UTF_8);
        int port = GatewayNode.freePort();
        String clash = rules().replace("\"listeners\": [", "\"listeners\": [" + ANOTHER.formatted(port));
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();
            long before = highest();
            int notified =
                    node.context.getManagementStrategy().getEventNotifiers().size();
            assertThatThrownBy(() -> publish(clash))
                    .isInstanceOf(CodedException.class)
                    .hasMessageContaining("TM-GATE-0045")
                    .hasMessageContaining("in use");
            assertThat(highest()).isEqualTo(before);
            assertThat(node.context.getManagementStrategy().getEventNotifiers()).hasSize(notified);
            assertThat(send(MLLP, message)).contains("MSA|AA|C10");
        }
        publish(clash); // nothing of the attempt is left
        assertThat(send(port, message)).contains("MSA|AA|C10");
        publish(with);
        assertThat(send(more, message)).contains("MSA|AA|C10");
        try (Socket kept = new Socket("127.0.0.1", MLLP)) {
            frame(kept.getOutputStream(), message);
            assertThat(answer(kept)).contains("MSA|AA|C10");
            publish(rules());
            await().until(() -> isClosed(more));
            frame(kept.getOutputStream(), message); // one that stays the same keeps its connections
            assertThat(answer(kept)).contains("MSA|AA|C10");
        }
    }

    @Test
    void a_node_that_can_not_open_one_says_so_and_does_all_else() throws Exception {
        try (GatewayNode second = new GatewayNode(DATABASE.dataSource(), "second", Set.of(), Clock.systemUTC())) {
            await().until(() -> node.registry.nodes().stream()
                    .anyMatch(each -> each.node().equals("second")
                            && each.problem().contains("TM-GATE-0045")
                            && each.revision() == highest()));
            assertThat(SignedCaller.code(SignedCaller.post(second.bus, "/hl7/adt")))
                    .isEqualTo("TM-GATE-0006");
            // What it could not open before is no reason to refuse other rules.
            long next = second.registry
                    .publish(rules().replace("\"calls\": 1000", "\"calls\": 999"), highest(), "", "test")
                    .revision();
            await().until(() -> node.registry.nodes().stream()
                    .anyMatch(each -> each.node().equals("second")
                            && each.problem().startsWith(next + ": TM-GATE-0045")
                            && each.revision() == next));
        }
        assertThat(send(MLLP, message("C12").getBytes(StandardCharsets.UTF_8))).contains("MSA|AA|C12");
    }

    private void answers(int status, String text) {
        backend.answers = (exchange, body) -> {
            received.set(new Received(field(exchange, "content-type"), field(exchange, "x-tongmai-application"), body));
            exchange.getResponseHeaders().add("content-type", "application/json");
            Backend.reply(exchange, status, text);
        };
    }

    private static String field(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static boolean awaited(CountDownLatch latch, long milliseconds) throws IOException {
        try {
            return latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static long highest() {
        return node.registry.publications(1).get(0).revision();
    }

    private static void publish(String rules) {
        node.registry.publish(rules, highest(), "", "test");
    }

    private static boolean isClosed(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
