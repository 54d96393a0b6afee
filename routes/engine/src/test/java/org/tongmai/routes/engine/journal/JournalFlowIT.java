package org.tongmai.routes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.exchange.ReceivedMessage;

class JournalFlowIT {
    private TestDatabase database;
    private TestNode node;
    private final List<String> processed = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean unmappable;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        database.execute(TableStore.TABLE);
        node = new TestNode(database.dataSource(), "one", TestNode.settings(), exchange -> {
            awaitGate();
            TestNode.map(exchange);
            ReceivedMessage message = exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
            processed.add(message.keys().controlId());
            String raw = message.text();
            if (raw.endsWith("unmappable") || unmappable) {
                throw new CodedException(Issue.of(JournalError.REJECTED, "PID-3", "for the test"));
            }
            if (raw.endsWith("broken")) {
                throw new IllegalStateException("张伟 must not be seen");
            }
        });
        node.journal().recover();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        node.close();
        database.close();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_message_about_several_patients_waits_for_what_came_before_of_each_and_is_waited_for() throws Exception {
        gate = new CountDownLatch(1);
        accept(1, TestNode.message("M1", "P2^H1", "a"));
        accept(2, TestNode.message("M2", "P1^H1", "a", "P2^H1", "P3^H1"));
        accept(3, TestNode.message("M3", "P3^H1", "a"));
        accept(4, TestNode.message("M4", "P1^H1", "a"));
        gate.countDown();

        await().until(() -> node.journal().journal().stats().stored() == 4);
        assertThat(processed).startsWith("M1", "M2").contains("M3", "M4");
        assertThat(database.number("select count(*) from message where also_patients = E'P2^H1\\nP3^H1'"))
                .isEqualTo(1);
    }

    /** Returns when it is in the journal and in the line. */
    private void accept(int number, ReceivedMessage message) {
        node.send(message, AcknowledgeWhen.ACCEPTED);
        await().until(() -> database.number("select count(*) from message") == number);
    }

    @Test
    void a_message_is_journalled_stored_and_put_into_the_outbox() {
        Outcome outcome = node.send(TestNode.message("C1", "P1^H1", "a")).join();
        assertThat(outcome.disposition()).isEqualTo(Disposition.PROCESSED);
        MessageJourney journey =
                node.journal().journal().journey(outcome.messageId()).orElseThrow();
        assertThat(journey.entry().state()).isEqualTo(MessageState.STORED);
        assertThat(journey.entry().keys().controlId()).isEqualTo("C1");
        assertThat(journey.topic()).isEqualTo(TestNode.TOPIC);
        assertThat(journey.resources()).hasSize(1);
        assertThat(journey.deliveries()).hasSize(2).allSatisfy(each -> assertThat(each.issues())
                .isEmpty());
        assertThat(node.journal().journal().raw(outcome.messageId()))
                .hasValueSatisfying(raw -> assertThat(new String(raw)).isEqualTo("MSH|^~\\&|C1|a"));
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(1, 1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void a_journey_tells_what_was_noticed_while_a_delivery_was_written() {
        Outcome outcome = node.send(TestNode.message("C1", "P1^H1", "a")).join();
        database.execute("update delivery set issues = E'one\\ntwo' where destination = 'to-district'");
        MessageJourney journey =
                node.journal().journal().journey(outcome.messageId()).orElseThrow();
        assertThat(journey.deliveries())
                .extracting(MessageJourney.DeliveryRow::issues)
                .containsExactly(List.of("one", "two"), List.of());
    }

    @Test
    void a_duplicate_is_answered_as_the_first_and_not_made_durable_again() {
        long first = node.send(TestNode.message("C1", "P1^H1", "a")).join().messageId();
        Outcome second = node.send(TestNode.message("C1", "P1^H1", "a")).join();
        assertThat(second).isEqualTo(new Outcome(Disposition.DUPLICATE, first, List.of()));
        assertThat(database.number("select count(*) from message")).isEqualTo(1);
        assertThat(database.number("select max(version) from stored")).isEqualTo(1);
        assertThat(node.journal().journal().stats().duplicates()).isEqualTo(1);
    }

    @Test
    void duplicates_of_a_message_under_way_wait_for_its_answer() {
        gate = new CountDownLatch(1);
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(node.send(TestNode.message("C1", "P1^H1", "a")));
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        List<Disposition> got =
                answers.stream().map(a -> a.join().disposition()).toList();
        assertThat(got).containsOnlyOnce(Disposition.PROCESSED);
        assertThat(got.stream().filter(d -> d == Disposition.DUPLICATE)).hasSize(19);
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(1, 1, 0, 0, 1, 0, 0, 19));
    }

    @Test
    void a_control_id_used_for_other_content_is_another_message_and_is_noted() {
        node.send(TestNode.message("C1", "P1^H1", "a")).join();
        Outcome reuse = node.send(TestNode.message("C1", "P1^H1", "b")).join();
        assertThat(reuse.disposition()).isEqualTo(Disposition.PROCESSED);
        JournalEntry entry = node.journal()
                .journal()
                .journey(reuse.messageId())
                .orElseThrow()
                .entry();
        assertThat(entry.state()).isEqualTo(MessageState.STORED);
        assertThat(entry.issues())
                .singleElement()
                .asString()
                .startsWith("TM-JOURNAL-0004")
                .contains("MSH-10");
        assertThat(node.send(TestNode.message("C1", "P1^H1", "a")).join().disposition())
                .isEqualTo(Disposition.DUPLICATE);
    }

    @Test
    void a_refused_message_can_be_sent_again_and_is_processed_anew() {
        Outcome refused =
                node.send(TestNode.message("C1", "P1^H1", "unmappable")).join();
        assertThat(refused.disposition()).isEqualTo(Disposition.REFUSED);
        assertThat(refused.issues().get(0).location()).isEqualTo("PID-3");
        Outcome mended = node.send(TestNode.message("C1", "P1^H1", "mended")).join();
        assertThat(mended.disposition()).isEqualTo(Disposition.PROCESSED);
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(2, 1, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void an_unforeseen_failure_is_refused_with_a_code_and_without_its_text() {
        Outcome refused = node.send(TestNode.message("C1", "P1^H1", "broken")).join();
        assertThat(refused.issues()).hasSize(1);
        assertThat(refused.issues().get(0).text()).startsWith("TM-JOURNAL-0006").doesNotContain("张伟");
    }

    @Test
    void a_message_answered_when_processed_is_written_once_in_its_last_state() {
        gate = new CountDownLatch(1);
        CompletableFuture<Outcome> answer = node.send(TestNode.message("C1", "P1^H1", "a"));
        assertThat(database.number("select count(*) from message")).isZero();
        gate.countDown();
        answer.join();
        assertThat(database.number("select count(*) from message where state = 3 and xmin = (select xmin from event)"))
                .isEqualTo(1);
    }

    @Test
    void a_repetition_that_can_no_longer_be_mapped_is_answered_as_the_first() {
        long first = node.send(TestNode.message("C1", "P1^H1", "broken later"))
                .join()
                .messageId();
        unmappable = true;
        Outcome repetition =
                node.send(TestNode.message("C1", "P1^H1", "broken later")).join();
        assertThat(repetition).isEqualTo(new Outcome(Disposition.DUPLICATE, first, List.of()));
        assertThat(database.number("select count(*) from message")).isEqualTo(1);
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(1, 1, 0, 0, 1, 0, 0, 1));
    }

    @Test
    void a_message_that_could_not_be_read_is_journalled_as_refused() {
        Issue issue = Issue.of(JournalError.REJECTED, "MSH-10", "for the test");
        Outcome outcome = node.send(TestNode.message("", "", "a"), Map.of(ExchangeNames.READ_ISSUES, List.of(issue)))
                .join();
        assertThat(outcome.disposition()).isEqualTo(Disposition.REFUSED);
        assertThat(outcome.issues()).containsExactly(issue);
        assertThat(node.journal().journal().raw(outcome.messageId())).isPresent();
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(1, 0, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void on_accept_the_answer_comes_before_processing() {
        gate = new CountDownLatch(1);
        Outcome outcome = node.send(TestNode.message("C1", "P1^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();
        assertThat(outcome.disposition()).isEqualTo(Disposition.ACCEPTED);
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(1, 1, 0, 1, 0, 0, 0, 0));
        gate.countDown();
        await().until(() -> node.journal().journal().stats().stored() == 1);
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(1, 1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void an_accepted_message_that_can_not_be_mapped_is_parked() {
        Outcome outcome = node.send(TestNode.message("C1", "P1^H1", "unmappable"), AcknowledgeWhen.ACCEPTED)
                .join();
        assertThat(outcome.disposition()).isEqualTo(Disposition.ACCEPTED);
        await().until(() -> node.journal().journal().stats().parked() == 1);
        assertThat(node.journal()
                        .journal()
                        .find(new MessageQuery(
                                null, null, null, null, null, Set.of(MessageState.PARKED), null, null, 0, 9)))
                .hasSize(1);
    }

    @Test
    void one_patients_messages_are_stored_in_the_order_they_came() {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(node.send(TestNode.message("C" + i, "P" + i % 7 + "^H1", "a")));
        }
        answers.forEach(answer -> assertThat(answer.join().positive()).isTrue());
        List<JournalEntry> entries = node.journal()
                .journal()
                .find(new MessageQuery("P3", null, "ADT", null, null, null, null, null, 0, 500));
        assertThat(entries).hasSize(71);
        assertThat(entries.get(0).keys().controlId()).isEqualTo("C493");
        assertThat(database.number("select count(*) from stored where content like '%\"C493\"%'"))
                .isEqualTo(1);
    }
}
