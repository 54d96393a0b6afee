package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Error;

class MllpServerIT {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final CamelOnPorts camel = new CamelOnPorts();
    private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void two_hundred_frames_in_one_packet_are_all_answered_in_order() throws Exception {
        int port = camel.listen("in", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(frames(200));
            for (int i = 0; i < 200; i++) {
                assertThat(client.read()).contains("\rMSA|AA|C" + i + "\r");
            }
        }
        assertThat(received).hasSize(200);
    }

    @Test
    void answers_keep_the_order_of_the_frames_when_later_messages_are_ready_first() throws Exception {
        CountDownLatch laterOnesAreThrough = new CountDownLatch(9);
        AtomicInteger calls = new AtomicInteger();
        int port = camel.listenThreaded("in", exchange -> {
            if (calls.getAndIncrement() == 0) {
                laterOnesAreThrough.await(10, TimeUnit.SECONDS);
            } else {
                laterOnesAreThrough.countDown();
            }
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(frames(10));
            for (int i = 0; i < 10; i++) {
                assertThat(client.read()).contains("\rMSA|AA|C" + i + "\r");
            }
        }
    }

    @Test
    void no_more_messages_of_a_connection_are_in_process_than_its_window() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(4);
        int port = camel.listenThreaded("in&maxInFlight=4", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            full.await(10, TimeUnit.SECONDS);
            now.decrementAndGet();
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(frames(300));
            for (int i = 0; i < 300; i++) {
                assertThat(client.read()).contains("\rMSA|AA|C" + i + "\r");
            }
        }
        assertThat(most.get()).isEqualTo(4);
    }

    @Test
    void a_frame_that_comes_byte_by_byte_is_read_once() throws Exception {
        int port = camel.listen("in", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            for (byte b : frame("C1")) {
                client.write(new byte[] {b});
            }
            assertThat(client.read()).contains("MSA|AA|C1");
        }
        assertThat(received).hasSize(1);
        assertThat(received.get(0).raw()).isEqualTo(message("C1").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void half_frames_are_put_together() throws Exception {
        int port = camel.listen("in", "", this::keep);
        byte[] two = join(frame("C1"), frame("C2"));
        int cut = two.length / 2 + 10;
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(Arrays.copyOf(two, cut));
            assertThat(client.read()).contains("MSA|AA|C1");
            client.write(Arrays.copyOfRange(two, cut, two.length));
            assertThat(client.read()).contains("MSA|AA|C2");
        }
    }

    @Test
    void a_frame_above_the_limit_is_refused_with_a_code_and_the_next_one_is_read() throws Exception {
        int port = camel.listen("in", "&maxFrameSize=20000", this::keep);
        byte[] large = MllpClientSocket.frame((message("BIG") + "OBX|1|TX|||" + "x".repeat(200_000) + "\r").getBytes());
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(join(frame("C1"), large, frame("C2")));
            assertThat(client.read()).contains("MSA|AA|C1");
            assertThat(client.read()).contains("MSA|AR|BIG").contains("TM-MLLP-0001");
            assertThat(client.read()).contains("MSA|AA|C2");
        }
        assertThat(received).hasSize(2);
    }

    @Test
    void a_frame_that_never_ends_is_answered_and_closed_and_nobody_else_notices() throws Exception {
        int port = camel.listen("in", "&readTimeout=300", this::keep);
        try (MllpClientSocket slow = new MllpClientSocket(port);
                MllpClientSocket other = new MllpClientSocket(port)) {
            slow.write(Arrays.copyOf(frame("SLOW"), 90));
            assertThat(other.ask(message("C1"))).contains("MSA|AA|C1");
            assertThat(slow.read()).contains("MSA|AR|SLOW").contains("TM-MLLP-0002");
            assertThat(slow.read()).isNull();
            assertThat(other.ask(message("C2"))).contains("MSA|AA|C2");
        }
    }

    @Test
    void a_dripping_sender_is_not_given_longer_for_dripping() throws Exception {
        int port = camel.listen("in", "&readTimeout=300", this::keep);
        try (MllpClientSocket slow = new MllpClientSocket(port)) {
            byte[] frame = frame("SLOW");
            AtomicInteger sent = new AtomicInteger();
            await().pollInterval(20, TimeUnit.MILLISECONDS)
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> {
                        try {
                            slow.write(new byte[] {frame[sent.getAndIncrement() % 80]});
                            return false;
                        } catch (IOException closed) {
                            return true;
                        }
                    });
        }
        assertThat(received).isEmpty();
    }

    @Test
    void an_idle_connection_is_closed_after_its_time() throws Exception {
        int port = camel.listen("in", "&idleTimeout=300", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("C1"))).contains("MSA|AA|C1");
            assertThat(client.read()).isNull();
        }
    }

    @Test
    void a_thousand_idle_connections_do_not_disturb_one_that_works() throws Exception {
        int port = camel.listen("in", "", this::keep);
        List<MllpClientSocket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                idle.add(new MllpClientSocket(port));
            }
            try (MllpClientSocket client = new MllpClientSocket(port)) {
                client.write(frames(50));
                for (int i = 0; i < 50; i++) {
                    assertThat(client.read()).contains("MSA|AA|C" + i + "\r");
                }
            }
            assertThat(idle.get(999).ask(message("LAST"))).contains("MSA|AA|LAST");
        } finally {
            for (MllpClientSocket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void connections_above_the_limit_are_closed_and_those_below_stay() throws Exception {
        int port = camel.listen("in", "&maxConnections=2", this::keep);
        try (MllpClientSocket first = new MllpClientSocket(port);
                MllpClientSocket second = new MllpClientSocket(port)) {
            assertThat(first.ask(message("C1"))).contains("MSA|AA|C1");
            assertThat(second.ask(message("C2"))).contains("MSA|AA|C2");
            try (MllpClientSocket third = new MllpClientSocket(port)) {
                assertThat(third.read()).isNull();
            }
            assertThat(first.ask(message("C3"))).contains("MSA|AA|C3");
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> {
            try (MllpClientSocket later = new MllpClientSocket(port)) {
                return later.ask(message("C4")) != null;
            } catch (IOException stillFull) {
                return false;
            }
        });
    }

    @Test
    void a_sender_that_hangs_up_before_its_answers_harms_nobody() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = camel.listenThreaded("in", exchange -> {
            keep(exchange);
            goOn.await(10, TimeUnit.SECONDS);
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(frames(10));
            await().atMost(10, TimeUnit.SECONDS).until(() -> received.size() == 10);
        }
        try (MllpClientSocket other = new MllpClientSocket(port)) {
            other.send(message("OTHER"));
            goOn.countDown();
            assertThat(other.read()).contains("MSA|AA|OTHER");
        }
    }

    @Test
    void bytes_between_frames_are_passed_over() throws Exception {
        int port = camel.listen("in", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(join("rubbish\r\n\0".getBytes(), frame("C1"), "\r\n\r\n".getBytes(), frame("C2")));
            assertThat(client.read()).contains("MSA|AA|C1");
            assertThat(client.read()).contains("MSA|AA|C2");
        }
    }

    @Test
    void a_connection_of_nothing_but_rubbish_is_closed() throws Exception {
        int port = camel.listen("in", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(("GET / HTTP/1.1\r\n" + "x".repeat(70_000)).getBytes());
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_frame_without_end_before_the_next_is_refused_and_the_next_is_taken() throws Exception {
        int port = camel.listen("in", "", this::keep);
        byte[] first = frame("C1");
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(join(Arrays.copyOf(first, first.length - 2), frame("C2")));
            assertThat(client.read()).contains("MSA|AR|C1").contains("TM-MLLP-0002");
            assertThat(client.read()).contains("MSA|AA|C2");
        }
    }

    @Test
    void a_missing_carriage_return_behind_a_frame_is_tolerated() throws Exception {
        int port = camel.listen("in", "", this::keep);
        byte[] first = frame("C1");
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(join(Arrays.copyOf(first, first.length - 1), frame("C2")));
            assertThat(client.read()).contains("MSA|AA|C1");
            assertThat(client.read()).contains("MSA|AA|C2");
        }
    }

    @Test
    void empty_frames_and_frames_with_nul_bytes_are_refused_with_a_code() throws Exception {
        int port = camel.listen("in", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask("")).contains("MSA|AR|").contains("TM-HL7-0001");
            assertThat(client.ask(message("C1").replace("王^小明", "A\0B")))
                    .contains("MSA|AR|C1")
                    .contains("TM-HL7-0008");
            assertThat(client.ask("\0\0\0")).contains("MSA|AR|").contains("TM-HL7-0001");
            assertThat(client.ask(message("C2"))).contains("MSA|AA|C2");
        }
    }

    @Test
    void what_can_not_be_read_is_handed_on_with_its_reasons_and_refused() throws Exception {
        List<Object> reasons = new CopyOnWriteArrayList<>();
        int port = camel.listen("in", "", exchange -> {
            reasons.add(exchange.getProperty(ExchangeNames.READ_ISSUES));
            keep(exchange);
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            String answer = client.ask(message("C1").replace("ADT^A01^ADT_A01", ""));
            assertThat(answer)
                    .contains("MSA|AR|C1")
                    .contains("ERR||MSH^1^9|101^")
                    .contains("TM-HL7-0003");
        }
        assertThat(received).hasSize(1);
        assertThat(reasons.get(0)).isInstanceOf(List.class);
    }

    @Test
    void the_outcome_and_the_failures_of_the_route_decide_the_answer() throws Exception {
        int port = camel.listen("in", "", exchange -> {
            String id =
                    exchange.getMessage().getBody(ReceivedMessage.class).keys().controlId();
            switch (id) {
                case "OUTCOME" ->
                    exchange.setProperty(
                            ExchangeNames.OUTCOME,
                            new Outcome(
                                    Outcome.Disposition.REFUSED,
                                    7,
                                    List.of(Issue.of(Hl7Error.HEADER_FIELD_MISSING, "PID-3", "found nothing"))));
                case "CODED" -> throw new CodedException(Issue.of(MllpError.PROCESSING_FAILED, "PV1-2", "found 3"));
                default -> throw new IllegalStateException("王小明 must not be told");
            }
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("OUTCOME")))
                    .contains("MSA|AR|OUTCOME")
                    .contains("ERR||PID^1^3|101^");
            assertThat(client.ask(message("CODED"))).contains("MSA|AE|CODED").contains("ERR||PV1^1^2|207^");
            assertThat(client.ask(message("OTHER")))
                    .contains("MSA|AE|OTHER")
                    .contains("TM-MLLP-0006")
                    .doesNotContain("王小明");
        }
    }

    @Test
    void every_message_of_a_batch_is_taken_alone_and_answered_in_one_batch() throws Exception {
        int port = camel.listen("in", "", this::keep);
        String batch = "FHS|^~\\&|HIS|HOSP|TM|CITY\rBHS|^~\\&|HIS|HOSP|TM|CITY|2026||||B1\r" + message("C1")
                + message("C2").replace("|2.5\r", "|9.9\r") + message("C3") + "BTS|4\rFTS|1\r";
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            String answer = client.ask(batch);
            assertThat(answer).startsWith("FHS|^~\\&|TM|CITY|HIS|HOSP\rBHS|^~\\&|TM|CITY|HIS|HOSP||||||B1\rMSH|");
            assertThat(answer.indexOf("MSA|AA|C1"))
                    .isPositive()
                    .isLessThan(answer.indexOf("MSA|AR|C2"))
                    .isLessThan(answer.indexOf("MSA|AA|C3"));
            assertThat(answer)
                    .contains("\rBTS|3|TM-MLLP-0005 ")
                    .contains("found 3 messages")
                    .endsWith("\rFTS|1\r");
            assertThat(client.ask(message("C4"))).contains("MSA|AA|C4");
        }
        assertThat(received.get(0).raw()).isEqualTo(message("C1").getBytes(StandardCharsets.UTF_8));
        assertThat(received).hasSize(4);
    }

    @Test
    void each_message_is_read_in_its_own_charset_and_answered_in_it() throws Exception {
        int port = camel.listen("in", "&charset=GB18030", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(
                    MllpClientSocket.frame(message("C1").replace("HIS", "聕詜").getBytes(GB18030)));
            assertThat(client.read(GB18030)).contains("|聕詜|").contains("MSA|AA|C1");
            client.write(MllpClientSocket.frame(message("C2")
                    .replace("|2.5\r", "|2.5||||||UNICODE UTF-8\r")
                    .replace("HIS", "聕詜")
                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(client.read())
                    .contains("|聕詜|")
                    .contains("||||||UNICODE UTF-8\r")
                    .contains("MSA|AA|C2");
        }
        assertThat(received).allSatisfy(message -> assertThat(message.text()).contains("王^小明"));
        assertThat(received.get(0).charset()).isEqualTo(GB18030);
    }

    @Test
    void enhanced_mode_answers_as_the_conditions_say() throws Exception {
        List<Object> when = new CopyOnWriteArrayList<>();
        int port = camel.listen("in", "", exchange -> when.add(exchange.getProperty(ExchangeNames.ACKNOWLEDGE_WHEN)));
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(enhanced("C1", "AL|NE"))).contains("MSA|CA|C1");
            assertThat(client.ask(enhanced("C2", "NE|AL"))).contains("MSA|AA|C2");
            assertThat(client.ask(enhanced("C3", "AL|AL"))).contains("MSA|CA|C3");
            assertThat(client.read()).contains("MSA|AA|C3");
            assertThat(client.ask(enhanced("C4", "NE|NE"))).contains("MSA|AA|C4");
            assertThat(client.ask(enhanced("C5", "ER|"))).contains("MSA|CA|C5");
            assertThat(client.ask(enhanced("C6", "AL|AL").replace("|2.5|", "|9|")))
                    .contains("MSA|CR|C6");
            assertThat(client.ask(enhanced("C7", "NE|ER").replace("|2.5|", "|9|")))
                    .contains("MSA|AR|C7");
        }
        assertThat(when.subList(0, 5))
                .containsExactly(
                        AcknowledgeWhen.ACCEPTED,
                        AcknowledgeWhen.PROCESSED,
                        AcknowledgeWhen.PROCESSED,
                        AcknowledgeWhen.PROCESSED,
                        AcknowledgeWhen.ACCEPTED);
    }

    @Test
    void silence_is_kept_where_the_listener_is_told_to_keep_it() throws Exception {
        int port = camel.listen("in", "&silence=as-asked", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.send(enhanced("C1", "NE|NE"));
            client.send(enhanced("C2", "ER|NE"));
            assertThat(client.ask(message("C3"))).contains("MSA|AA|C3");
        }
        assertThat(received).hasSize(3);
    }

    @Test
    void a_listener_that_answers_on_acceptance_says_so_to_the_engine() throws Exception {
        List<Object> when = new CopyOnWriteArrayList<>();
        int port = camel.listen(
                "in",
                "&acknowledge=accepted",
                exchange -> when.add(exchange.getProperty(ExchangeNames.ACKNOWLEDGE_WHEN)));
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("C1"))).contains("MSA|AA|C1");
        }
        assertThat(when).containsExactly(AcknowledgeWhen.ACCEPTED);
    }

    @Test
    void listeners_stand_side_by_side_and_stopping_one_frees_its_port_only() throws Exception {
        int one = camel.listen("one", "&charset=GB18030", this::keep);
        int two = camel.listen("two", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(two)) {
            for (int i = 0; i < 2; i++) {
                camel.context().getRouteController().stopRoute("one");
                try (java.net.ServerSocket free = new java.net.ServerSocket()) {
                    free.setReuseAddress(true);
                    free.bind(new java.net.InetSocketAddress("127.0.0.1", one));
                }
                assertThat(client.ask(message("T" + i))).contains("MSA|AA|T" + i);
                camel.context().getRouteController().startRoute("one");
                assertThat(camel.context().getRoutes()).hasSize(4);
                try (MllpClientSocket again = new MllpClientSocket(one)) {
                    assertThat(again.ask(message("O" + i))).contains("MSA|AA|O" + i);
                }
            }
            camel.context().getRouteController().stopRoute("one");
            camel.context().removeRoute("one");
            assertThat(camel.context().getRoutes()).hasSize(2);
            assertThat(client.ask(message("T9"))).contains("MSA|AA|T9");
        }
    }

    @Test
    void a_byte_budget_that_is_used_up_makes_senders_wait_and_loses_nothing() throws Exception {
        int port = camel.listen("in", "&maxFrameSize=4000&maxBytesInFlight=8000", this::keep);
        List<MllpClientSocket> clients = new ArrayList<>();
        try {
            for (int c = 0; c < 8; c++) {
                MllpClientSocket client = new MllpClientSocket(port);
                clients.add(client);
                client.write(frames(100));
            }
            for (MllpClientSocket client : clients) {
                for (int i = 0; i < 100; i++) {
                    assertThat(client.read()).contains("MSA|AA|C" + i + "\r");
                }
            }
        } finally {
            for (MllpClientSocket client : clients) {
                client.close();
            }
        }
    }

    private void keep(Exchange exchange) {
        received.add(exchange.getMessage().getBody(ReceivedMessage.class));
    }

    private static byte[] frames(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(frame("C" + i));
        }
        return all.toByteArray();
    }

    private static byte[] frame(String controlId) {
        return MllpClientSocket.frame(message(controlId).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String enhanced(String controlId, String conditions) {
        return message(controlId).replace("|2.5\r", "|2.5|||" + conditions + "\r");
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I\r";
    }
}
