package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Error;

class MllpClientIT {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final CamelOnPorts camel = new CamelOnPorts();
    private final ProducerTemplate template = camel.context().createProducerTemplate();
    private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void a_received_message_goes_out_byte_for_byte() throws Exception {
        int port = camel.listen("in", "", this::keep);
        byte[] raw = message("C1").getBytes(GB18030);
        MessageKeys keys = new MessageKeys("", "", "C1", "ADT^A01", "2.5", "", "", "", List.of());
        ReceivedMessage message =
                new ReceivedMessage("hl7v2:message", raw, GB18030, message("C1"), keys, "", Instant.now());
        Exchange sent = send(port, "", message);
        assertThat(sent.getException()).isNull();
        assertThat(sent.getMessage().getBody()).isSameAs(message);
        assertThat(received.get(0).raw()).isEqualTo(raw);
    }

    @Test
    void text_and_bytes_are_sent_as_well_and_anything_else_is_refused() throws Exception {
        int port = camel.listen("in", "", this::keep);
        assertThat(send(port, "", message("C1")).getException()).isNull();
        assertThat(send(port, "", message("C2").getBytes(StandardCharsets.UTF_8))
                        .getException())
                .isNull();
        assertThat(code(send(port, "", 42))).isEqualTo(MllpError.NOT_SENDABLE);
        assertThat(code(send(port, "", "no message"))).isEqualTo(MllpError.NOT_SENDABLE);
    }

    @Test
    void a_message_whose_time_is_over_is_not_sent() throws Exception {
        int port = camel.listen("in", "", this::keep);
        Exchange sent = template.send(uri(port, ""), exchange -> {
            exchange.setProperty(ExchangeNames.TIME_LIMIT, 0L);
            exchange.getMessage().setBody(message("C1"));
        });
        assertThat(code(sent)).isEqualTo(MllpError.NOT_ANSWERED);
        assertThat(received).isEmpty();
    }

    @Test
    void an_error_may_be_tried_again_and_a_rejection_may_not() throws Exception {
        int port = camel.listen("in", "", exchange -> {
            if ("E"
                    .equals(exchange.getMessage()
                            .getBody(ReceivedMessage.class)
                            .keys()
                            .controlId())) {
                throw new IllegalStateException("broken");
            }
            throw new CodedException(Issue.of(Hl7Error.NUL_CHARACTER, "", ""));
        });
        CodedException error = failure(send(port, "", message("E")));
        assertThat(error.code()).isEqualTo(MllpError.ANSWERED_ERROR);
        assertThat(error.retryable()).isTrue();
        CodedException reject = failure(send(port, "", message("R")));
        assertThat(reject.code()).isEqualTo(MllpError.ANSWERED_REJECT);
        assertThat(reject.retryable()).isFalse();
    }

    @Test
    void nobody_listening_no_answer_and_a_lost_connection_may_all_be_tried_again() throws Exception {
        assertThat(code(send(CamelOnPorts.freePort(), "", message("C1")))).isEqualTo(MllpError.NOT_CONNECTED);
        try (ServerSocket silent = new ServerSocket(0)) {
            Exchange sent = send(silent.getLocalPort(), "&answerTimeout=300", message("C2"));
            assertThat(code(sent)).isEqualTo(MllpError.NOT_ANSWERED);
        }
        try (ServerSocket hangsUp = new ServerSocket(0)) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> hangUp(hangsUp));
            assertThat(code(send(hangsUp.getLocalPort(), "", message("C3")))).isEqualTo(MllpError.CONNECTION_LOST);
            server.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_late_answer_is_not_taken_for_the_next_message() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Void> late = CompletableFuture.runAsync(() -> answerAnotherFirst(server));
            assertThat(send(server.getLocalPort(), "", message("C1")).getException())
                    .isNull();
            late.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_receiver_that_comes_back_is_reached_again() throws Exception {
        int port = camel.listen("in", "", this::keep);
        String uri = uri(port, "");
        for (int i = 0; i < 3; i++) {
            assertThat(send(uri, message("C" + i)).getException()).isNull();
            camel.context().getRouteController().stopRoute("in");
            assertThat(failure(send(uri, message("D" + i))).retryable()).isTrue();
            camel.context().getRouteController().startRoute("in");
        }
        assertThat(received).hasSize(3);
    }

    @Test
    void several_lanes_send_at_once_over_several_connections() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int port = camel.listenThreaded("in", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            keep(exchange);
            now.decrementAndGet();
        });
        String uri = uri(port, "&connections=3");
        ExecutorService lanes = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Exchange>> sent = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String message = message("C" + i);
                sent.add(CompletableFuture.supplyAsync(() -> send(uri, message), lanes));
            }
            for (CompletableFuture<Exchange> one : sent) {
                assertThat(one.get(20, TimeUnit.SECONDS).getException()).isNull();
            }
        } finally {
            lanes.shutdownNow();
        }
        assertThat(received).hasSize(400);
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void both_sides_show_certificates_and_strangers_are_turned_away() throws Exception {
        KeyStores server = KeyStores.make(folder, "listener");
        KeyStores client = KeyStores.make(folder, "hospital");
        KeyStores stranger = KeyStores.make(folder, "stranger");
        int port = camel.listen(
                "in",
                "&tlsKeyStore=" + server.own() + "&tlsKeyStorePassword=" + KeyStores.PASSWORD + "&tlsTrustStore="
                        + client.trusting() + "&tlsTrustStorePassword=" + KeyStores.PASSWORD
                        + "&tlsClientAuthentication=need",
                this::keep);
        assertThat(send(port, tls(client, server), message("C1")).getException())
                .isNull();
        assertThat(failure(send(port, tls(stranger, server), message("C2"))).retryable())
                .isTrue();
        assertThat(failure(send(port, tls(client, stranger), message("C3"))).retryable())
                .isTrue();
        assertThat(failure(send(port, "&answerTimeout=2s", message("C4"))).retryable())
                .isTrue();
        assertThat(send(port, tls(client, server), message("C5")).getException())
                .isNull();
        assertThat(received).hasSize(2);
    }

    @Test
    void a_listener_with_tls_alone_asks_no_certificate() throws Exception {
        KeyStores server = KeyStores.make(folder, "listener");
        int port = camel.listen(
                "in", "&tlsKeyStore=" + server.own() + "&tlsKeyStorePassword=" + KeyStores.PASSWORD, this::keep);
        String trust = "&tls=true&tlsTrustStore=" + server.trusting() + "&tlsTrustStorePassword=" + KeyStores.PASSWORD;
        assertThat(send(port, trust, message("C1")).getException()).isNull();
    }

    private static String tls(KeyStores own, KeyStores peer) {
        return "&answerTimeout=5s&tls=true&tlsKeyStore=" + own.own() + "&tlsKeyStorePassword=" + KeyStores.PASSWORD
                + "&tlsTrustStore=" + peer.trusting() + "&tlsTrustStorePassword=" + KeyStores.PASSWORD;
    }

    private static void hangUp(ServerSocket server) {
        try (MllpClientSocket peer = new MllpClientSocket(server.accept())) {
            peer.readFrame();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void answerAnotherFirst(ServerSocket server) {
        try (MllpClientSocket peer = new MllpClientSocket(server.accept())) {
            peer.readFrame();
            peer.send("MSH|^~\\&|A|B|C|D|2026||ACK|1|P|2.5\rMSA|AR|OTHER\r");
            peer.send("MSH|^~\\&|A|B|C|D|2026||ACK|2|P|2.5\rMSA|AA|C1\r");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Exchange send(int port, String parameters, Object body) {
        return send(uri(port, parameters), body);
    }

    private Exchange send(String uri, Object body) {
        return template.send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private static String uri(int port, String parameters) {
        return "kamelet:hl7-mllp-sink?host=127.0.0.1&port=" + port + parameters;
    }

    private static CodedException failure(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(CodedException.class);
        return (CodedException) exchange.getException();
    }

    private static Object code(Exchange exchange) {
        return failure(exchange).code();
    }

    private void keep(Exchange exchange) {
        received.add(exchange.getMessage().getBody(ReceivedMessage.class));
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I\r";
    }
}
