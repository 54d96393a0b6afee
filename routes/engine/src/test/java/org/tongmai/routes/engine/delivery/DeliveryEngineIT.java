package org.tongmai.routes.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.routes.engine.journal.StoredListener.Stored;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Delivery against a real PostgreSQL, with destinations that fail on demand. */
class DeliveryEngineIT {
    private static final DeliverySettings QUICK = new DeliverySettings(
            Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(400), 1000, 4);
    private static final CodedException DOWN = new CodedException(Issue.of(DeliveryError.UNREACHABLE, "", "scripted"));
    private static final CodedException BAD = new CodedException(Issue.of(DeliveryError.FAILED, "", "scripted"));

    @RegisterExtension
    static final DeliveringNode NODE = new DeliveringNode(QUICK);

    private static void awaitDelivered(String destination, int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(NODE.deliveries(destination, 3)).isEqualTo(count));
    }

    private static long messages(int state) throws SQLException {
        return NODE.outbox().number("select count(*) from message where state = " + state);
    }

    private static long counted() throws SQLException {
        return NODE.outbox().number("select coalesce(sum(value), 0) from counter where metric = 'DELIVERED'");
    }

    private static List<Long> ids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Outbox::id).toList();
    }

    @Test
    void what_is_being_sent_while_the_lease_is_lost_and_won_again_is_sent_once() throws Exception {
        NODE.outbox().store(0, 1, 1, "a.x");
        Sink sink = new Sink();
        CountDownLatch answered = new CountDownLatch(1);
        sink.behaviour = batch -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        NODE.subscribe(NODE.engine("n1"), "a.x", Map.of("batch", "1"), sink);
        await().until(() -> sink.offered.size() == 1);
        NODE.outbox().execute("update lease set node = 'another', until = now() + interval '1 hour'");
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> sink.offered.size() == 1);
        NODE.outbox().execute("delete from lease");
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(() -> sink.offered.size() == 1);
        answered.countDown();
        awaitDelivered("a.x", 1);
        NODE.outbox().store(1, 1, 1, "a.x");
        awaitDelivered("a.x", 2);
        assertThat(sink.messages()).containsExactlyElementsOf(ids(0, 2));
    }

    @Test
    void everything_stored_is_delivered_once_and_the_message_is_delivered_when_its_last_delivery_is() throws Exception {
        NODE.outbox().store(0, 2000, 100, "a.x", "b.y");
        Sink x = new Sink();
        Sink y = new Sink();
        DeliveryEngine engine = NODE.engine("n1");
        NODE.subscribe(engine, "a.x", Map.of("batch", "100"), x);
        NODE.subscribe(engine, "b.y", Map.of("batch", "7", "lanes", "3"), y);
        awaitDelivered("a.x", 2000);
        awaitDelivered("b.y", 2000);
        assertThat(x.messages()).containsExactlyElementsOf(ids(0, 2000));
        assertThat(y.messages()).containsExactlyInAnyOrderElementsOf(ids(0, 2000));
        await().untilAsserted(() -> assertThat(messages(4)).isEqualTo(2000));
        assertThat(counted()).isEqualTo(2000);
        assertThat(x.taken).allSatisfy(batch -> assertThat(batch.deliveries()).hasSizeLessThanOrEqualTo(100));
        assertThat(x.taken.stream().map(CanonicalBatch::batchId)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "batch {0}, lanes {1}")
    @CsvSource({"1, 4", "16, 3", "50, 1"})
    void what_concerns_several_patients_is_in_order_for_each_of_them(int batch, int lanes) throws Exception {
        int count = 400;
        NODE.outbox().store(0, count, 9, "a.x");
        NODE.outbox()
                .execute("update delivery set patient_key = patient_key || E'\\np' || message_id % 4 || E'\\np' ||"
                        + " message_id % 5 where message_id % 7 = 0");
        Map<Long, List<String>> keys = NODE.outbox().keys();
        Set<String> busy = ConcurrentHashMap.newKeySet();
        Map<String, List<Long>> through = new ConcurrentHashMap<>();
        Set<Long> failed = ConcurrentHashMap.newKeySet();
        AtomicInteger beside = new AtomicInteger();
        Sink sink = new Sink();
        sink.behaviour = each -> {
            List<Long> messages = Sink.messagesOf(each);
            Set<String> own = messages.stream()
                    .flatMap(message -> keys.get(message).stream())
                    .collect(Collectors.toSet());
            own.forEach(key -> beside.addAndGet(busy.add(key) ? 0 : 1));
            try {
                messages.stream()
                        .filter(message -> message % 21 == 0 && failed.add(message))
                        .findAny()
                        .ifPresent(message -> {
                            throw new IllegalStateException("once");
                        });
                messages.forEach(message -> keys.get(message)
                        .forEach(key -> through.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>())
                                .add(message)));
            } finally {
                busy.removeAll(own);
            }
        };
        NODE.subscribe(NODE.engine("n1"), "a.x", Map.of("batch", batch, "lanes", lanes), sink);
        awaitDelivered("a.x", count);
        assertThat(failed).isNotEmpty();
        assertThat(beside).as("sent beside another of the same patient").hasValue(0);
        assertThat(through)
                .hasSize(9)
                .allSatisfy((key, messages) -> assertThat(messages).isSorted().doesNotHaveDuplicates());
    }

    @Test
    void a_destination_that_is_down_does_not_delay_another() throws Exception {
        NODE.outbox().store(0, 300, 10, "down.x", "up.y");
        Sink down = new Sink();
        down.behaviour = batch -> {
            throw DOWN;
        };
        DeliveryEngine engine = NODE.engine("n1");
        NODE.subscribe(engine, "down.x", Map.of("batch", "50"), down);
        NODE.subscribe(engine, "up.y", Map.of("batch", "50"), new Sink());
        awaitDelivered("up.y", 300);
        assertThat(NODE.deliveries("down.x", 3)).isZero();
        assertThat(NODE.deliveries("down.x", 4))
                .as("parked for being unreachable")
                .isZero();
        down.behaviour = batch -> {};
        awaitDelivered("down.x", 300);
        assertThat(down.messages()).containsExactlyElementsOf(ids(0, 300));
    }

    @Test
    void the_breaker_opens_at_a_failure_and_closes_when_the_destination_answers_again() throws Exception {
        NODE.outbox().store(0, 100, 10, "a.x");
        Sink sink = new Sink();
        sink.behaviour = batch -> {
            throw DOWN;
        };
        DeliveryEngine engine = NODE.engine("n1");
        NODE.subscribe(engine, "a.x", Map.of("batch", "10", "lanes", "4"), sink);
        await().untilAsserted(() -> {
            assertThat(engine.destinations().get(0).breaker()).isIn("OPEN", "HALF_OPEN");
            assertThat(engine.destinations().get(0).lastCause()).contains("TM-DELIVERY-0001");
            assertThat(NODE.outbox().number("select max(attempts) from delivery"))
                    .isGreaterThan(2);
        });
        assertThat(engine.destinations().get(0).waiting()).isEqualTo(100);
        sink.behaviour = batch -> {};
        awaitDelivered("a.x", 100);
        assertThat(engine.destinations().get(0).breaker()).isEqualTo("CLOSED");
    }

    @Test
    void a_batch_whose_outcome_was_lost_in_a_crash_comes_again_with_its_number_and_content() throws Exception {
        NODE.outbox().store(0, 100, 10, "a.x");
        Sink before = new Sink();
        before.behaviour = batch -> NODE.outbox().cut.set(true);
        DeliveryEngine dying = NODE.engine("n1");
        NODE.subscribe(dying, "a.x", Map.of("batch", "30"), before);
        await().until(() -> !before.taken.isEmpty());
        NODE.close(dying);
        NODE.outbox().cut.set(false);
        NODE.outbox().store(100, 10, 10, "a.x");

        Sink after = new Sink();
        NODE.subscribe(NODE.engine("n1"), "a.x", Map.of("batch", "30"), after);
        awaitDelivered("a.x", 110);
        CanonicalBatch first = before.taken.get(0);
        assertThat(after.taken.get(0).batchId()).isEqualTo(first.batchId());
        assertThat(Sink.messagesOf(after.taken.get(0))).isEqualTo(Sink.messagesOf(first));
        assertThat(after.messages()).containsExactlyElementsOf(ids(0, 110));
    }

    @Test
    void only_the_refused_delivery_of_a_batch_is_parked_and_release_delivers_it() throws Exception {
        NODE.outbox().store(0, 64, 8, "a.x");
        Sink sink = new Sink();
        sink.behaviour = batch -> {
            if (Sink.messagesOf(batch).contains(Outbox.id(13))) {
                throw BAD;
            }
        };
        DeliveryEngine engine = NODE.engine("n1");
        NODE.subscribe(engine, "a.x", Map.of("batch", "64"), sink);
        awaitDelivered("a.x", 63);
        await().untilAsserted(() -> assertThat(NODE.deliveries("a.x", 4)).isEqualTo(1));
        assertThat(engine.parkedCauses())
                .containsExactly(new Deliveries.ParkedCause("a.x", "TM-DELIVERY-0002", BAD.getMessage(), 1));
        assertThat(messages(6)).isEqualTo(1);
        assertThat(messages(4)).isEqualTo(63);
        assertThat(sink.offered).hasSizeLessThan(16);
        assertThat(engine.release("a.x", "TM-OTHER-0001")).isZero();

        sink.behaviour = batch -> {};
        assertThat(engine.release("a.x", "TM-DELIVERY-0002")).isEqualTo(1);
        awaitDelivered("a.x", 64);
        await().untilAsserted(() -> assertThat(messages(4)).isEqualTo(64));
        assertThat(counted()).isEqualTo(64);
    }

    @Test
    void one_patient_is_never_under_way_twice_and_keeps_its_order_over_four_lanes() throws Exception {
        NODE.outbox().store(0, 3000, 37, "a.x");
        Map<String, List<Long>> byPatient = new ConcurrentHashMap<>();
        Set<String> underWay = ConcurrentHashMap.newKeySet();
        List<String> overlaps = new CopyOnWriteArrayList<>();
        Sink sink = new Sink();
        sink.behaviour = batch -> batch.deliveries().forEach(delivery -> {
            String patient = delivery.event().patientKey();
            if (!underWay.add(patient)) {
                overlaps.add(patient);
            }
            byPatient
                    .computeIfAbsent(patient, any -> new CopyOnWriteArrayList<>())
                    .add(delivery.event().messageId());
            underWay.remove(patient);
        });
        NODE.subscribe(NODE.engine("n1"), "a.x", Map.of("lanes", "4"), sink);
        awaitDelivered("a.x", 3000);
        assertThat(overlaps).isEmpty();
        assertThat(byPatient).hasSize(37);
        assertThat(byPatient.values())
                .allSatisfy(messages -> assertThat(messages).isSorted().doesNotHaveDuplicates());
    }

    @ParameterizedTest(name = "batch {0}")
    @CsvSource({"1", "3"})
    void what_was_noticed_while_a_delivery_was_written_is_kept_with_it_and_with_no_other(String batch)
            throws Exception {
        NODE.outbox().store(0, 3, 1, "a.x");
        Issue gap = Issue.of(DeliveryError.FAILED, "SCH-16", "scripted");
        NODE.subscribe(NODE.engine("n1"), "a.x", Map.of("batch", batch), exchange -> {
            exchange.setProperty(ExchangeNames.WRITE_WARNINGS, List.of(gap, gap));
        });
        awaitDelivered("a.x", 3);
        NODE.outbox().store(3, 1, 1, "a.x", "b.y");
        NODE.subscribe(NODE.engine("n2"), "b.y", Map.of(), new Sink());
        awaitDelivered("a.x", 4);
        awaitDelivered("b.y", 1);
        String text = gap.text() + "\n" + gap.text();
        assertThat(NODE.outbox().number("select count(*) from delivery where issues = '" + text + "'"))
                .isEqualTo(4);
        assertThat(NODE.outbox().number("select count(*) from delivery where issues is null"))
                .isEqualTo(1);
    }

    @Test
    void a_paused_destination_rests_over_a_restart_until_it_is_resumed() throws Exception {
        DeliveryEngine engine = NODE.engine("n1");
        Sink sink = new Sink();
        NODE.subscribe(engine, "a.x", Map.of(), sink);
        engine.pause("a.x");
        NODE.outbox().store(0, 20, 5, "a.x");
        NODE.close(engine);
        DeliveryEngine restarted = NODE.engine("n1");
        NODE.subscribe(restarted, "a.x", Map.of(), sink);
        await().until(() -> restarted.inMemory("a.x") == 20);
        assertThat(restarted.destinations().get(0).breaker()).isEqualTo("PAUSED");
        assertThat(sink.offered).isEmpty();
        restarted.resume("a.x");
        awaitDelivered("a.x", 20);
    }

    @Test
    void a_hundred_thousand_waiting_deliveries_do_not_fill_the_memory() throws Exception {
        NODE.outbox().store(0, 100_000, 5000, "a.x");
        DeliveryEngine engine = NODE.engine("n1");
        CountDownLatch gate = new CountDownLatch(1);
        Sink sink = new Sink();
        Set<Long> seen = new HashSet<>();
        List<Integer> inMemory = new ArrayList<>();
        NODE.subscribe(engine, "a.x", Map.of("batch", "500"), exchange -> {
            gate.await();
            CanonicalBatch batch = exchange.getMessage().getBody(CanonicalBatch.class);
            seen.addAll(Sink.messagesOf(batch));
            inMemory.add(engine.inMemory("a.x"));
        });
        await().until(() -> engine.inMemory("a.x") > 0);
        gate.countDown();
        awaitDelivered("a.x", 100_000);
        assertThat(seen).hasSize(100_000);
        assertThat(inMemory).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(1000));
        assertThat(counted()).isEqualTo(100_000);
    }

    @Test
    void a_forwarded_message_is_the_original() throws Exception {
        NODE.outbox().store(0, 3, 3, "a.x");
        List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
        NODE.subscribe(
                NODE.engine("n1"),
                "a.x",
                Map.of("payload", "original"),
                exchange -> received.add(exchange.getMessage().getBody(ReceivedMessage.class)));
        awaitDelivered("a.x", 3);
        assertThat(received).extracting(ReceivedMessage::text).containsOnly("MSH");
        assertThat(received)
                .extracting(message -> message.keys().controlId())
                .containsExactlyInAnyOrder("c0", "c1", "c2");
    }

    @Test
    void one_node_works_a_destination_and_another_takes_over_when_it_is_gone() throws Exception {
        Sink first = new Sink();
        Sink second = new Sink();
        DeliveryEngine one = NODE.engine("n1");
        NODE.subscribe(one, "a.x", Map.of(), first);
        NODE.outbox().store(0, 10, 5, "a.x");
        awaitDelivered("a.x", 10);
        DeliveryEngine two = NODE.engine("n2");
        NODE.subscribe(two, "a.x", Map.of(), second);
        NODE.outbox().store(10, 10, 5, "a.x");
        awaitDelivered("a.x", 20);
        assertThat(second.offered).isEmpty();
        NODE.close(one);
        NODE.outbox().store(20, 10, 5, "a.x");
        two.stored(List.of(new Stored(Outbox.id(20), "p0", List.of("a.x"))));
        awaitDelivered("a.x", 30);
        assertThat(first.messages()).hasSize(20);
        assertThat(second.messages()).containsExactlyElementsOf(ids(20, 10));
    }

    @Test
    void deliveries_go_on_when_the_database_comes_back() throws Exception {
        Sink sink = new Sink();
        DeliveryEngine engine = NODE.engine("n1");
        NODE.subscribe(engine, "a.x", Map.of("batch", "10"), sink);
        NODE.outbox().store(0, 100, 10, "a.x");
        await().until(() -> !sink.taken.isEmpty());
        NODE.outbox().cut.set(true);
        NODE.outbox().store(100, 100, 10, "a.x");
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        NODE.outbox().cut.set(false);
        awaitDelivered("a.x", 200);
        assertThat(sink.messages()).containsExactlyElementsOf(ids(0, 200));
    }

    @Test
    void a_destination_nobody_has_is_named() {
        assertThatThrownBy(() -> NODE.engine("n1").pause("no.body")).hasMessageContaining("TM-DELIVERY-0007");
    }
}
