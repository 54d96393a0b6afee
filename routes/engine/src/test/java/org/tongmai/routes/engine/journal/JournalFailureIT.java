package org.tongmai.routes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.exchange.ReceivedMessage;

class JournalFailureIT {
    private final List<TestNode> nodes = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private TestDatabase database;

    @BeforeEach
    void start() {
        database = new TestDatabase();
        database.execute(TableStore.TABLE);
    }

    @AfterEach
    void stop() {
        gate.countDown();
        nodes.forEach(TestNode::close);
        database.close();
    }

    private TestNode node(String name) throws Exception {
        TestNode node = new TestNode(database.dataSource(), name, TestNode.settings(), TestNode::map);
        nodes.add(node);
        return node;
    }

    /** A node that begins messages and never ends them: what a killed process leaves behind. */
    private TestNode stuckNode(String name) throws Exception {
        TestNode node = new TestNode(database.dataSource(), name, TestNode.settings(), exchange -> {
            awaitGate();
            TestNode.map(exchange);
        });
        nodes.add(node);
        return node;
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(String table, String state, String condition) {
        database.execute("create or replace function fail() returns trigger language plpgsql as $$ begin if "
                + condition + " then raise exception 'injected' using errcode = '" + state
                + "'; end if; return new; end $$");
        database.execute("create trigger fail before insert on " + table + " for each row execute function fail()");
    }

    private void mend(String table) {
        database.execute("drop trigger fail on " + table);
    }

    @Test
    void a_full_disk_at_the_journal_acknowledges_nothing_and_is_got_over() throws Exception {
        TestNode node = node("one");
        node.journal().recover();
        fail("message_body", "53100", "true");
        Outcome refused = node.send(TestNode.message("C1", "P1^H1", "a")).join();
        assertThat(refused.disposition()).isEqualTo(Disposition.REFUSED);
        assertThat(refused.issues().get(0).code()).isEqualTo(JournalError.UNAVAILABLE);
        assertThat(refused.issues().get(0).code().retryable()).isTrue();
        assertThat(database.number("select count(*) from message_key")).isZero();
        mend("message_body");
        assertThat(node.send(TestNode.message("C1", "P1^H1", "a")).join().disposition())
                .isEqualTo(Disposition.PROCESSED);
    }

    @Test
    void a_failed_second_commit_leaves_no_canonical_data_and_no_event() throws Exception {
        TestNode node = node("one");
        node.journal().recover();
        fail("delivery", "53100", "true");
        Outcome refused = node.send(TestNode.message("C1", "P1^H1", "a")).join();
        assertThat(refused.positive()).isFalse();
        assertThat(refused.issues().get(0).code().retryable()).isTrue();
        assertThat(database.number("select (select count(*) from stored) + (select count(*) from event)"))
                .isZero();
        mend("delivery");
        assertThat(node.send(TestNode.message("C1", "P1^H1", "a")).join().disposition())
                .isEqualTo(Disposition.PROCESSED);
    }

    @Test
    void a_message_that_was_under_way_at_a_crash_leaves_no_trace_and_is_taken_when_it_comes_again() throws Exception {
        TestNode killed = stuckNode("one");
        CompletableFuture<Outcome> never = killed.send(TestNode.message("C1", "P1^H1", "a"));
        TestNode restarted = node("one");
        restarted.journal().recover();
        assertThat(restarted.journal().unfinished()).isZero();
        assertThat(never).isNotDone();
        assertThat(restarted.send(TestNode.message("C1", "P1^H1", "a")).join().disposition())
                .isEqualTo(Disposition.PROCESSED);
    }

    @Test
    void the_same_message_on_two_nodes_at_once_is_stored_once() throws Exception {
        TestNode slow = stuckNode("one");
        CompletableFuture<Outcome> second = slow.send(TestNode.message("C1", "P1^H1", "a"));
        TestNode fast = node("two");
        fast.journal().recover();
        Outcome first = fast.send(TestNode.message("C1", "P1^H1", "a")).join();
        gate.countDown();
        assertThat(second.join()).isEqualTo(new Outcome(Disposition.DUPLICATE, first.messageId(), List.of()));
        assertThat(database.number("select sum(version) from stored")).isEqualTo(1);
        assertThat(database.number("select count(*) from event")).isEqualTo(1);
    }

    @Test
    void one_bad_row_harms_only_itself() throws Exception {
        TestNode node = node("one");
        node.journal().recover();
        fail("message", "22000", "new.control_id = 'C77'");
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 200)
                .mapToObj(i -> node.send(TestNode.message("C" + i, "P" + i + "^H1", "a")))
                .toList();
        List<Outcome> outcomes = answers.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes).filteredOn(outcome -> !outcome.positive()).hasSize(1);
        assertThat(outcomes.get(77).issues().get(0).code()).isEqualTo(JournalError.REJECTED);
        assertThat(node.journal().journal().stats()).isEqualTo(new JournalStats(199, 199, 0, 0, 199, 0, 0, 0));
    }

    @Test
    void killed_connections_lose_nothing_and_double_nothing() throws Exception {
        TestNode node = node("one");
        node.journal().recover();
        int messages = 600;
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            if (i % 150 == 75) {
                database.killConnections();
            }
            answers.add(resend(node, TestNode.message("C" + i, "P" + i % 50 + "^H1", "a")));
        }
        answers.forEach(answer -> assertThat(answer.join().positive()).isTrue());
        await().untilAsserted(() -> assertThat(node.journal().unfinished()).isZero());
        assertThat(database.number("select count(distinct control_id) from message where state = 3"))
                .isEqualTo(messages);
        assertThat(database.number("select count(*) from event")).isEqualTo(messages);
        assertThat(database.number("select sum(version) from stored")).isEqualTo(messages);
        assertThat(node.journal().journal().stats().stored()).isEqualTo(messages);
    }

    /** Sends as a hospital does: again, until the answer is positive. */
    private static CompletableFuture<Outcome> resend(TestNode node, ReceivedMessage message) {
        return node.send(message).thenCompose(outcome -> {
            if (outcome.positive()) {
                return CompletableFuture.completedFuture(outcome);
            }
            assertThat(outcome.issues().get(0).code().retryable()).isTrue();
            return CompletableFuture.supplyAsync(
                            () -> null,
                            CompletableFuture.delayedExecutor(50, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .thenCompose(nothing -> resend(node, message));
        });
    }

    @Test
    void after_a_crash_what_was_begun_is_ended_before_anything_newer_of_the_patient() throws Exception {
        TestNode killed = stuckNode("one");
        killed.send(TestNode.message("C1", "P1^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();
        killed.send(TestNode.message("C2", "P2^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();

        TestNode restarted = node("one");
        assertThat(restarted.journal().unfinished()).isEqualTo(2);
        CompletableFuture<Outcome> newer = restarted.send(TestNode.message("C3", "P1^H1", "a"));
        CompletableFuture<Outcome> repeated = restarted.send(TestNode.message("C1", "P1^H1", "a"));
        Outcome other = restarted.send(TestNode.message("C4", "P9^H1", "a")).join();
        assertThat(other.disposition()).isEqualTo(Disposition.PROCESSED);
        assertThat(newer).isNotDone();
        restarted.journal().recover();

        assertThat(newer.join().disposition()).isEqualTo(Disposition.PROCESSED);
        assertThat(repeated.join().disposition()).isEqualTo(Disposition.DUPLICATE);
        await().until(() -> restarted.journal().unfinished() == 0);
        assertThat(database.number("select count(*) from message where state = 3"))
                .isEqualTo(4);
        assertThat(database.number("select count(*) from stored where content like '%C3%' and version = 2"))
                .isEqualTo(1);
        assertThat(restarted.journal().journal().stats()).isEqualTo(new JournalStats(4, 4, 0, 0, 4, 0, 0, 1));
    }

    @Test
    void after_a_crash_a_message_about_several_patients_is_ended_before_anything_newer_of_any_of_them()
            throws Exception {
        TestNode killed = stuckNode("one");
        killed.send(TestNode.message("C1", "P1^H1", "a", "P2^H1"), AcknowledgeWhen.ACCEPTED)
                .join();

        TestNode restarted = node("one");
        assertThat(restarted.journal().unfinished()).isEqualTo(1);
        CompletableFuture<Outcome> first = restarted.send(TestNode.message("C2", "P1^H1", "a"));
        CompletableFuture<Outcome> second = restarted.send(TestNode.message("C3", "P2^H1", "a"));
        CompletableFuture<Outcome> both = restarted.send(TestNode.message("C4", "P3^H1", "a", "P2^H1"));
        assertThat(restarted.send(TestNode.message("C5", "P9^H1", "a")).join().positive())
                .isTrue();
        assertThat(List.of(first, second, both)).noneMatch(CompletableFuture::isDone);
        restarted.journal().recover();

        assertThat(List.of(first, second, both))
                .allSatisfy(answer -> assertThat(answer.join().disposition()).isEqualTo(Disposition.PROCESSED));
        await().until(() -> restarted.journal().unfinished() == 0);
        assertThat(database.number("select count(*) from message where state = 3"))
                .isEqualTo(5);
    }

    @Test
    void what_waits_behind_a_batch_that_the_database_did_not_take_is_stored_after_it() throws Exception {
        TestNode node = new TestNode(database.dataSource(), "one", TestNode.settings(1), TestNode::map);
        nodes.add(node);
        node.journal().recover();
        // The second message is mapped and waits to be settled while the first fails.
        database.execute("create or replace function fail() returns trigger language plpgsql as $$ begin "
                + "if exists (select from message where id = new.message_id and control_id = 'C1') then "
                + "perform pg_sleep(0.5); raise exception 'injected' using errcode = '53100'; end if; "
                + "return new; end $$");
        database.execute("create trigger fail before insert on delivery for each row execute function fail()");
        node.send(TestNode.message("C1", "P1^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();
        node.send(TestNode.message("C2", "P1^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();
        await().until(() -> node.journal().unfinished() == 2);
        mend("delivery");

        await().until(() -> node.journal().unfinished() == 0);
        assertThat(database.number("select count(*) from stored where content like '%C2%' and version = 2"))
                .isEqualTo(1);
    }

    @Test
    void a_message_that_is_begun_too_often_is_parked_and_lets_the_others_go() throws Exception {
        TestNode killed = stuckNode("one");
        killed.send(TestNode.message("C1", "P1^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();
        database.execute("update message set attempts = 3");

        TestNode restarted = node("one");
        CompletableFuture<Outcome> newer = restarted.send(TestNode.message("C2", "P1^H1", "a"));
        restarted.journal().recover();
        assertThat(newer.join().disposition()).isEqualTo(Disposition.PROCESSED);
        assertThat(restarted.journal().journal().stats().parked()).isEqualTo(1);
        Outcome repeated = restarted.send(TestNode.message("C1", "P1^H1", "a")).join();
        assertThat(repeated.disposition()).isEqualTo(Disposition.DUPLICATE);
    }

    @Test
    void another_node_takes_over_what_a_dead_one_left_and_the_dead_one_can_not_store_it_again() throws Exception {
        TestNode dying = stuckNode("one");
        dying.send(TestNode.message("C1", "P1^H1", "a"), AcknowledgeWhen.ACCEPTED)
                .join();
        database.execute("insert into node values ('dead', 40, gen_random_uuid(), now(), now() - interval '1 minute')");
        database.execute("update message set node = 'dead'");

        TestNode other = node("two");
        other.journal().recover();
        await().until(() -> database.number("select count(*) from message where state = 3 and node = 'two'") == 1);
        gate.countDown();
        await().until(() -> dying.journal().unfinished() == 0);
        assertThat(database.number("select sum(version) from stored")).isEqualTo(1);
        assertThat(database.number("select count(*) from event")).isEqualTo(1);
    }

    @Test
    void a_day_is_dropped_only_when_everything_of_it_is_settled() throws Exception {
        TestNode node = node("one");
        node.journal().recover();
        long id = node.send(TestNode.message("C1", "P1^H1", "a")).join().messageId();
        LocalDate today = MessageIds.dayOf(id);
        Assertions.assertThatThrownBy(() -> node.journal().prune(today))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(JournalError.DAY_UNSETTLED));
        database.execute("update delivery set state = 3");
        node.journal().prune(today);
        assertThat(node.journal().journal().journey(id)).isEmpty();
        assertThat(database.number("select count(*) from message_key")).isZero();
        assertThat(node.send(TestNode.message("C1", "P1^H1", "a")).join().disposition())
                .isEqualTo(Disposition.PROCESSED);
        assertThat(node.journal().prune()).isEmpty();
    }

    @Test
    void a_search_narrows_by_time_and_pages_by_number() throws Exception {
        TestNode node = node("one");
        node.journal().recover();
        Instant before = Instant.now();
        IntStream.range(0, 5)
                .mapToObj(i -> node.send(TestNode.message("C" + i, i < 3 ? "P1^H1" : "P10^H1", "a")))
                .toList()
                .forEach(CompletableFuture::join);
        Journal journal = node.journal().journal();
        MessageQuery first = new MessageQuery("P1", null, null, null, null, null, before, Instant.now(), 0, 2);
        List<JournalEntry> page = journal.find(first);
        assertThat(page).hasSize(2);
        List<JournalEntry> rest = journal.find(new MessageQuery(
                "P1", null, null, null, null, null, before, null, page.get(1).id(), 2));
        assertThat(rest).hasSize(1);
        assertThat(journal.find(new MessageQuery(null, "C4", null, null, null, null, null, null, 0, 9)))
                .hasSize(1);
        assertThat(journal.find(new MessageQuery(null, null, null, null, null, null, null, before, 0, 9)))
                .isEmpty();
    }

    @Test
    void an_unknown_exchange_is_refused_with_a_code() throws Exception {
        TestNode node = node("one");
        Exchange exchange = new org.apache.camel.support.DefaultExchange(node.context());
        exchange.getMessage().setBody("not a received message");
        Exchange done = node.context()
                .createProducerTemplate()
                .asyncSend("direct:in", exchange)
                .join();
        Outcome outcome = done.getProperty("CamelTongmaiOutcome", Outcome.class);
        assertThat(outcome.issues().get(0).code()).isEqualTo(JournalError.NOT_JOURNALLED);
    }
}
