package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

class MllpServerIT {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final CamelOnPorts camel = new CamelOnPorts();
    private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
    private final List<ReceivedMessage> readable = new CopyOnWriteArrayList<>();

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
    void any_number_of_listeners_shares_the_same_few_threads_and_one_that_stops_takes_none_along() throws Exception {
        List<MllpClientSocket> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(new MllpClientSocket(camel.listen("in-" + i, "", this::keep)));
        }
        camel.context().getRouteController().stopRoute("in-0");
        for (MllpClientSocket client : clients.subList(1, 20)) {
            client.write(frames(1));
            assertThat(client.read()).contains("\rMSA|AA|C0\r");
        }
        assertThat(clients.get(0).closed()).as("closed with its listener").isTrue();
        for (MllpClientSocket client : clients) {
            client.close();
        }
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("mllp") && !name.startsWith("mllp-send") || name.contains("Netty"))
                .toList();
        assertThat(threads)
                .hasSizeLessThanOrEqualTo(1 + 2 * Runtime.getRuntime().availableProcessors())
                .allMatch(name -> name.startsWith("mllp-accept") || name.startsWith("mllp-io"));
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
        assertThat(received).hasSize(3);
        ReceivedMessage refused = received.get(1);
        assertThat(refused.keys().controlId()).isEqualTo("BIG");
        assertThat(new String(refused.raw(), StandardCharsets.UTF_8))
                .as("the header line alone")
                .isEqualTo(message("BIG").split("\r")[0]);
    }

    @ParameterizedTest(name = "end {0}")
    @CsvSource({"1c, 1", "1c0a, 2", "1c, 2"})
    void an_end_mark_without_its_carriage_return_ends_the_frame_before_any_time_runs_out(String end, int frames)
            throws Exception {
        int port = camel.listen("in", "&readTimeout=60000", this::keep);
        byte[] mark = HexFormat.of().parseHex(end);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            for (int i = 1; i <= frames; i++) {
                byte[] whole = frame("C" + i);
                client.write(join(Arrays.copyOf(whole, whole.length - 2), mark));
                assertThat(client.read()).contains("MSA|AA|C" + i);
            }
        }
        assertThat(received).hasSize(frames);
    }

    @Test
    void a_carriage_return_that_comes_long_after_its_end_mark_is_no_rubbish() throws Exception {
        int port = camel.listen("in", "", this::keep);
        byte[] whole = frame("C1");
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(Arrays.copyOf(whole, whole.length - 1));
            assertThat(client.read()).contains("MSA|AA|C1");
            client.write(new byte[] {'\r'});
            client.write(frame("C2"));
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
        assertThat(received).as("refused once, never read").hasSize(1);
        assertThat(readable).isEmpty();
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
    void listeners_stand_side_by_side_and_stopping_one_frees_its_port_only() throws Exception {
        int one = camel.listen("one", "&charset=GB18030", this::keep);
        int two = camel.listen("two", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(two)) {
            for (int i = 0; i < 20; i++) {
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
        ReceivedMessage message = exchange.getMessage().getBody(ReceivedMessage.class);
        received.add(message);
        if (exchange.getProperty(ExchangeNames.READ_ISSUES) == null) {
            readable.add(message);
        }
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

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I\r";
    }
}
