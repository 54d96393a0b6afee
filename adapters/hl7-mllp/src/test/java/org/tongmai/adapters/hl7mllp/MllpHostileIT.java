package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.exchange.ExchangeNames;

class MllpHostileIT {
    private static final int MANY = 66_000;

    private final CamelOnPorts camel = new CamelOnPorts();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void a_peer_that_never_reads_its_answers_is_not_read_from_for_ever() throws Exception {
        AtomicInteger processed = new AtomicInteger();
        int port = camel.listen("in", "", exchange -> processed.incrementAndGet());
        byte[] small = MllpClientSocket.frame(new byte[] {'x'});
        byte[] many = new byte[small.length * 10_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = small[i % small.length];
        }
        try (Socket greedy = new Socket("127.0.0.1", port)) {
            CompletableFuture.runAsync(() -> writeForEver(greedy, many));
            await().atMost(Duration.ofSeconds(30)).until(() -> processed.get() > 0);
            AtomicInteger before = new AtomicInteger(-1);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> before.getAndSet(processed.get()) == processed.get());
            try (MllpClientSocket other = new MllpClientSocket(port)) {
                assertThat(other.ask(message("C1"))).contains("MSA|AA|C1");
            }
        }
    }

    @Test
    void a_stray_byte_before_every_frame_does_not_add_up() throws Exception {
        int port = camel.listen("in", "", exchange -> {});
        byte[] frame = MllpClientSocket.frame(message("C1").getBytes(StandardCharsets.US_ASCII));
        byte[] stray = new byte[frame.length + 1];
        stray[0] = ' ';
        System.arraycopy(frame, 0, stray, 1, frame.length);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            for (int i = 0; i < MANY; i++) {
                client.write(stray);
                assertThat(client.read()).contains("MSA|AA|C1");
            }
        }
    }

    @Test
    void a_batch_of_more_messages_than_can_be_answered_is_refused_whole_and_the_connection_goes_on() throws Exception {
        AtomicInteger processed = new AtomicInteger();
        int port = camel.listen(
                "in",
                "",
                exchange -> processed.addAndGet(exchange.getProperty(ExchangeNames.READ_ISSUES) == null ? 1 : 0));
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask("BHS|^~\\&|A|B\r" + "MSH\r".repeat(1_000_000)))
                    .contains("MSA|AR|")
                    .contains("TM-MLLP-0008");
            assertThat(processed).hasValue(0);
            assertThat(client.ask(message("C1"))).contains("MSA|AA|C1");
        }
    }

    @Test
    void a_batch_header_of_its_name_alone_is_answered() throws Exception {
        int port = camel.listen("in", "", exchange -> {});
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask("BHS")).contains("BTS|0");
            assertThat(client.ask("FHS\rBHS\rBTS")).contains("BTS|0");
            assertThat(client.ask(message("C1"))).contains("MSA|AA|C1");
        }
    }

    @Test
    void a_sender_is_not_blamed_for_a_frame_this_side_did_not_read_on() throws Exception {
        int port = camel.listenThreaded("in&maxInFlight=1&readTimeout=300", exchange -> new CompletableFuture<Void>()
                .completeOnTimeout(null, 1_500, TimeUnit.MILLISECONDS)
                .get());
        String large = message("C2") + "OBX|1|TX|||" + "y".repeat(3_000_000) + "\r";
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    client.send(message("C1"));
                    client.send(large);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(client.read()).contains("MSA|AA|C1");
            assertThat(client.read()).contains("MSA|AA|C2");
            written.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void large_frames_that_never_end_are_refused_and_small_ones_pass_them_by() throws Exception {
        int port =
                camel.listen("in", "&maxFrameSize=1000000&maxBytesInFlight=2000000&readTimeout=60000", exchange -> {});
        byte[] begun =
                MllpClientSocket.frame((message("C1") + "y".repeat(900_000)).getBytes(StandardCharsets.US_ASCII));
        int endless = begun.length - 2;
        try (MllpClientSocket first = new MllpClientSocket(port);
                MllpClientSocket second = new MllpClientSocket(port);
                MllpClientSocket third = new MllpClientSocket(port);
                MllpClientSocket small = new MllpClientSocket(port)) {
            first.write(Arrays.copyOf(begun, endless));
            second.write(Arrays.copyOf(begun, endless));
            third.write(Arrays.copyOf(begun, endless));
            assertThat(small.ask(message("C2"))).contains("MSA|AA|C2");
            CompletableFuture<String> refused = new CompletableFuture<>();
            for (MllpClientSocket each : List.of(first, second, third)) {
                CompletableFuture.supplyAsync(() -> readOrLost(each)).thenAccept(answer -> refused.complete(answer));
            }
            assertThat(refused.get(10, TimeUnit.SECONDS)).contains("MSA|AE|C1").contains("TM-MLLP-0007");
        }
        try (MllpClientSocket again = new MllpClientSocket(port)) {
            again.write(begun);
            assertThat(again.read()).contains("MSA|AA|C1");
        }
    }

    private static String readOrLost(MllpClientSocket socket) {
        try {
            return socket.read();
        } catch (IOException e) {
            return "lost";
        }
    }

    private static void writeForEver(Socket socket, byte[] bytes) {
        try {
            while (!socket.isClosed()) {
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            // The test has closed the socket under the writer; that is how it ends.
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|" + controlId + "|P|2.5\rPID|1||1\r";
    }
}
