package org.tongmai.routes.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** Failures of which nobody can say whether the delivery or the destination is to blame; real PostgreSQL. */
class PoisonIT {
    private static final String DESTINATION = "a.x";
    private static final int PATIENTS = 8;
    private static final int POISON = 13;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final DeliverySettings QUICK = new DeliverySettings(
            Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(100), 1000, 4);

    @RegisterExtension
    static final DeliveringNode NODE = new DeliveringNode(QUICK);

    private final Sink sink = new Sink();
    private DeliveryEngine engine;
    private int stored;

    private void deliver(Map<String, Object> options) {
        engine = NODE.engine("n1");
        NODE.subscribe(engine, DESTINATION, options, sink);
    }

    private void store(int count) throws SQLException {
        NODE.outbox().store(stored, count, PATIENTS, DESTINATION);
        stored += count;
    }

    private void failsOnThePoison(RuntimeException failure) {
        sink.behaviour = batch -> {
            if (Sink.messagesOf(batch).contains(Outbox.id(POISON))) {
                throw failure;
            }
        };
    }

    /** Others keep coming, as they do; some of them of the poison's own patient. */
    private void awaitParked() {
        await().atMost(LIMIT).until(() -> {
            store(PATIENTS);
            return NODE.deliveries(DESTINATION, 4) == 1;
        });
    }

    private void eachPatientInOrderOnce() {
        Map<String, List<Long>> byPatient = new TreeMap<>();
        for (CanonicalBatch batch : sink.taken) {
            batch.deliveries().forEach(each -> byPatient
                    .computeIfAbsent(each.event().patientKey(), any -> new java.util.ArrayList<>())
                    .add(each.event().messageId()));
        }
        assertThat(byPatient).hasSize(PATIENTS);
        assertThat(byPatient.values())
                .allSatisfy(messages -> assertThat(messages).isSorted().doesNotHaveDuplicates());
    }

    @ParameterizedTest(name = "batch {0}, lanes {1}")
    @CsvSource({"1, 1", "1, 4", "32, 1", "16, 3"})
    void an_unforeseen_failure_is_parked_after_some_attempts_and_others_do_not_wait_for_it(int batch, int lanes)
            throws Exception {
        failsOnThePoison(new IllegalStateException("quotes 虚构"));
        store(64);
        deliver(Map.of("batch", batch, "lanes", lanes));
        awaitParked();
        await().atMost(LIMIT).until(() -> NODE.deliveries(DESTINATION, 3) == stored - 1);

        assertThat(engine.parkedCauses())
                .extracting(Deliveries.ParkedCause::causeCode)
                .containsExactly("TM-DELIVERY-0011");
        assertThat(engine.parkedCauses().get(0).cause())
                .contains("IllegalStateException")
                .doesNotContain("虚构");
        long attempts = sink.offered.stream()
                .filter(each -> Sink.messagesOf(each).contains(Outbox.id(POISON)))
                .count();
        assertThat(attempts).isBetween(4L, 40L);
        eachPatientInOrderOnce();

        sink.behaviour = any -> {};
        engine.release(DESTINATION, null);
        await().atMost(LIMIT).until(() -> NODE.deliveries(DESTINATION, 3) == stored);
    }

    @Test
    void poison_among_batches_that_were_begun_before_a_crash_blocks_nobody_after_it() throws Exception {
        failsOnThePoison(new IllegalStateException("poison"));
        store(64);
        // Each of the eight batches concerns every patient, so that all that are behind the poison's wait for it.
        NODE.outbox()
                .execute("insert into delivery_batch select 1000000 + (message_id - " + Outbox.id(0)
                        + ") / 8, destination, array_agg(message_id) from delivery group by 1, 2");
        store(64);
        deliver(Map.of("batch", "8", "lanes", "3"));
        awaitParked();
        await().atMost(LIMIT).until(() -> NODE.deliveries(DESTINATION, 3) == stored - 1);
        eachPatientInOrderOnce();
    }

    @Test
    void what_the_receiver_answers_to_one_message_only_is_parked_with_the_receivers_code() throws Exception {
        failsOnThePoison(new CodedException(Issue.of(new AnsweredError(), "", "found AE")));
        store(64);
        deliver(Map.of());
        awaitParked();
        assertThat(engine.parkedCauses())
                .extracting(Deliveries.ParkedCause::causeCode)
                .containsExactly("TM-TEST-0001");
    }

    @ParameterizedTest(name = "batch {0}, lanes {1}")
    @CsvSource({"1, 1", "1, 4", "16, 3"})
    void a_destination_that_is_down_is_tried_for_as_long_as_it_takes_whatever_its_failures_look_like(
            int batch, int lanes) throws Exception {
        sink.behaviour = any -> {
            throw new IllegalStateException("down");
        };
        store(64);
        deliver(Map.of("batch", batch, "lanes", lanes));
        await().atMost(LIMIT).until(() -> NODE.outbox().number("select max(attempts) from delivery") > 8);
        assertThat(NODE.deliveries(DESTINATION, 4)).isZero();

        sink.behaviour = any -> {};
        await().atMost(LIMIT).until(() -> NODE.deliveries(DESTINATION, 3) == 64);
        eachPatientInOrderOnce();
    }

    @ParameterizedTest
    @CsvSource({"deliver-a.x-0", "deliver-a.x-reader"})
    void a_defect_in_a_thread_of_a_destination_ends_nothing_and_loses_nothing(String thread) throws Exception {
        NODE.outbox().breaks.set(thread);
        store(64);
        deliver(Map.of("batch", "16"));
        await().atMost(LIMIT).until(() -> NODE.deliveries(DESTINATION, 3) == 64);
        assertThat(NODE.outbox().breaks.get()).as("it failed").isNull();
        eachPatientInOrderOnce();
    }

    @Test
    void an_error_in_a_route_is_judged_like_an_exception() throws Exception {
        sink.behaviour = batch -> {
            if (Sink.messagesOf(batch).contains(Outbox.id(POISON))) {
                throw new AssertionError("scripted");
            }
        };
        store(64);
        deliver(Map.of("lanes", "2"));
        awaitParked();
        await().atMost(LIMIT).until(() -> NODE.deliveries(DESTINATION, 3) == stored - 1);
    }

    /** What a receiver's own error answer is: retryable, and about this message. */
    private record AnsweredError() implements ErrorCode {
        @Override
        public ErrorFacts facts() {
            return new ErrorFacts(
                    "TM-TEST-0001", "It answered AE", Severity.ERROR, true, new Wire("AE", 207, 502, "processing"));
        }
    }
}
