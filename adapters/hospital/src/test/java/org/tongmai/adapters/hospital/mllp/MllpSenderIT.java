package org.tongmai.adapters.hospital.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.adapters.hospital.simulator.Feed;
import org.tongmai.adapters.hospital.simulator.FeedSettings;
import org.tongmai.adapters.hospital.simulator.Hospital;
import org.tongmai.adapters.hospital.twin.DownstreamFault;
import org.tongmai.adapters.hospital.twin.DownstreamSystem;

class MllpSenderIT {
    @TempDir
    Path folder;

    private DownstreamSystem receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = open(0);
    }

    @AfterEach
    void stop() throws IOException {
        receiver.close();
    }

    @Test
    void pipelined_connections_deliver_everything_once_and_in_order_of_each_patient() throws Exception {
        List<Acknowledgement> answers = send(settings().pipelined(8, 16), feed(Hospital.B, 5_000), () -> {});

        assertThat(answers).hasSize(5_000).allMatch(Acknowledgement::accepted);
        assertThat(receiver.ledger().count()).isEqualTo(5_000);
        assertThat(receiver.ledger().duplicates()).isZero();
        assertOrder(5_000);
    }

    @Test
    void connections_that_break_are_opened_again_and_what_was_unanswered_is_sent_again() throws Exception {
        receiver.inject(DownstreamFault.times(DownstreamFault.Kind.TAKE_AND_CLOSE, 5));
        receiver.inject(DownstreamFault.times(DownstreamFault.Kind.CLOSE, 5));
        MllpSenderSettings settings = settings().pipelined(4, 8).atRate(2_000);

        List<Acknowledgement> answers = send(settings, feed(Hospital.B, 3_000), () -> {
            for (int i = 1; i <= 4; i++) {
                int reached = i * 500;
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> receiver.ledger().count() > reached);
                receiver.reset();
            }
        });

        assertThat(answers).hasSize(3_000).allMatch(Acknowledgement::accepted);
        assertThat(receiver.ledger().count()).isEqualTo(3_000);
        assertThat(receiver.ledger().duplicates()).isPositive();
        assertThat(answers).anyMatch(a -> a.attempts() > 1);
        assertOrder(3_000);
    }

    @Test
    void a_receiver_that_restarts_goes_on_with_its_ledger() throws Exception {
        int port = receiver.port();
        List<Acknowledgement> answers = send(settings().pipelined(2, 4).atRate(1_000), feed(Hospital.B, 1_500), () -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> receiver.ledger().count() > 500);
            receiver.close();
            receiver = open(port);
        });

        assertThat(answers).hasSize(1_500);
        assertThat(receiver.ledger().count()).isEqualTo(1_500);
        assertThat(Files.readAllLines(folder.resolve("received.csv"))).hasSize(1_501);
        assertOrder(1_500);
    }

    @Test
    void a_message_without_an_answer_is_sent_again_after_the_time_out() throws Exception {
        receiver.inject(DownstreamFault.times(DownstreamFault.Kind.NO_ANSWER, 1));
        MllpSenderSettings impatient = new MllpSenderSettings(
                "127.0.0.1",
                receiver.port(),
                1,
                1,
                0,
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                MllpSenderSettings.Resend.UNANSWERED);

        List<Acknowledgement> answers = send(impatient, feed(Hospital.A, 3), () -> {});

        assertThat(answers).extracting(Acknowledgement::attempts).containsExactly(2, 1, 1);
    }

    @Test
    void errors_are_sent_again_only_when_asked_for() throws Exception {
        receiver.inject(DownstreamFault.times(DownstreamFault.Kind.ANSWER_ERROR, 2));
        receiver.inject(DownstreamFault.times(DownstreamFault.Kind.ANSWER_REJECT, 1));
        List<Acknowledgement> once = send(settings(), feed(Hospital.A, 4), () -> {});
        assertThat(once).extracting(Acknowledgement::code).containsExactly("AE", "AE", "AR", "AA");

        receiver.inject(DownstreamFault.times(DownstreamFault.Kind.ANSWER_ERROR, 2));
        List<Acknowledgement> again = send(
                settings().resending(MllpSenderSettings.Resend.UNANSWERED_AND_ERRORS), feed(Hospital.B, 2), () -> {});
        assertThat(again).extracting(Acknowledgement::code).containsExactly("AE", "AE", "AA", "AA");
        assertThatThrownBy(() -> settings().pipelined(1, 2).resending(MllpSenderSettings.Resend.UNANSWERED_AND_ERRORS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_rate_is_kept_when_answers_are_quick() throws Exception {
        long began = System.nanoTime();
        send(settings().pipelined(2, 4).atRate(500), feed(Hospital.A, 300), () -> {});
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(550));
    }

    @Test
    void the_ledger_has_a_line_for_every_answer() throws Exception {
        Path file = folder.resolve("answers.csv");
        try (AcknowledgementLedger ledger = new AcknowledgementLedger(file);
                MllpSender sender = new MllpSender(settings().pipelined(2, 2), feed(Hospital.B, 100), ledger)) {
            sender.start().get(30, TimeUnit.SECONDS);
            assertThat(ledger.counts()).isEqualTo(Map.of("AA", 100L));
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSize(101);
            assertThat(lines.get(1).split(",")).hasSize(8);
        }
    }

    private DownstreamSystem open(int port) throws IOException {
        return DownstreamSystem.start(new InetSocketAddress("127.0.0.1", port), folder.resolve("received.csv"));
    }

    private MllpSenderSettings settings() {
        return MllpSenderSettings.to("127.0.0.1", receiver.port());
    }

    private static Feed feed(Hospital hospital, int count) {
        return new Feed(FeedSettings.of(hospital, 77, count));
    }

    private interface Disturbance {
        void happen() throws Exception;
    }

    private static List<Acknowledgement> send(MllpSenderSettings settings, Feed feed, Disturbance disturbance)
            throws Exception {
        List<Acknowledgement> answers = new ArrayList<>();
        try (MllpSender sender = new MllpSender(settings, feed, answers::add)) {
            var done = sender.start();
            disturbance.happen();
            done.get(60, TimeUnit.SECONDS);
        }
        return answers;
    }

    /** Compares what each patient's record has received with what the feed of hospital B has for it. */
    private void assertOrder(int count) {
        Map<String, List<String>> expected = new HashMap<>();
        feed(Hospital.B, count).forEachRemaining(m -> {
            String text = new String(m.bytes(), Hospital.B.charset());
            String pid = text.substring(text.indexOf("\rPID|") + 1);
            String patient = pid.split("\\|")[3].split("\\^")[0];
            expected.computeIfAbsent(patient, p -> new ArrayList<>()).add(m.controlId());
        });
        expected.forEach((patient, ids) ->
                assertThat(receiver.ledger().messagesOf(patient)).isEqualTo(ids));
    }
}
