package org.tongmai.routes.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.delivery.Replays.Replay;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.TableStore;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.routes.engine.journal.TestNode;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Replays through a real journal on a real PostgreSQL. */
class ReplayEngineIT {
    private static final int MANY = 10_000;
    private static final DeliverySettings QUICK = new DeliverySettings(
            Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(100), 1000, 4);

    private final List<String> processed = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closedForNow = new AtomicBoolean();
    private final Map<String, String> missing = new ConcurrentHashMap<>();
    private volatile Predicate<ReceivedMessage> mapped = message -> true;
    private TestDatabase database;
    private TestNode node;
    private ReplayEngine replays;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        database.execute(TableStore.TABLE);
        node = new TestNode(database.dataSource(), "one", TestNode.settings(), exchange -> {
            if (closedForNow.get()) {
                throw new CodedException(Issue.of(DeliveryError.UNREACHABLE, "", "scripted"));
            }
            ReceivedMessage message = exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
            String map = missing.get(message.keys().controlId());
            if (map != null) {
                throw new CodedException(
                        Issue.of(DeliveryError.MESSAGE_UNKNOWN, "PID-8", "found a code that is not in " + map));
            }
            processed.add(message.keys().controlId());
            TestNode.map(exchange);
        });
        node.journal().recover();
        replays = newEngine();
    }

    private ReplayEngine newEngine() {
        ReplayEngine engine = new ReplayEngine(
                new ReplayEngine.Setup(
                        node.context(),
                        database.dataSource(),
                        node.journal().journal(),
                        NodeIdentity.named("one"),
                        message -> mapped.test(message)),
                QUICK);
        engine.run();
        return engine;
    }

    @AfterEach
    void stop() {
        replays.close();
        node.close();
        database.close();
    }

    private List<Long> send(int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(node.send(TestNode.message("C" + i, "P" + i % 3 + "^H1", "a"))
                    .join()
                    .messageId());
        }
        processed.clear();
        return ids;
    }

    private static MessageQuery everything() {
        return new MessageQuery(null, null, "ADT", null, null, Set.of(), null, null, 0, 100);
    }

    private Replay.State state(Replay replay) {
        return replays.find(replay.id()).orElseThrow().state();
    }

    @Test
    void one_message_is_replayed_as_a_child_that_is_no_duplicate() {
        long original = send(1).get(0);
        long child = replays.replay(original, "li");
        JournalEntry entry =
                node.journal().journal().journey(child).orElseThrow().entry();
        assertThat(entry.parentId()).isEqualTo(original);
        assertThat(entry.state()).isEqualTo(MessageState.STORED);
        assertThat(processed).containsExactly("C0");
        assertThat(node.journal().journal().journey(original).orElseThrow().replays())
                .containsExactly(child);
    }

    @Test
    void a_message_that_is_not_there_is_named_by_number() {
        assertThatThrownBy(() -> replays.replay(4711, "li")).hasMessageContaining("TM-DELIVERY-0008");
        assertThatThrownBy(() -> replays.stop(4711)).hasMessageContaining("TM-DELIVERY-0010");
    }

    @Test
    void a_selection_is_replayed_oldest_first_and_not_its_own_children() {
        send(30);
        Replay replay = replays.start(everything(), MANY, "li");
        await().until(() -> state(replay) == Replay.State.FINISHED);
        assertThat(processed).hasSize(30).startsWith("C0", "C1", "C2").endsWith("C28", "C29");
        Replay finished = replays.find(replay.id()).orElseThrow();
        assertThat(finished.selected()).isEqualTo(30);
        assertThat(finished.replayed()).isEqualTo(30);
        assertThat(replays.recent()).extracting(Replay::id).containsExactly(replay.id());
        assertThat(database.number("select count(*) from message where parent_id is not null"))
                .isEqualTo(30);
    }

    @Test
    void a_throttled_replay_stops_at_once() {
        send(20);
        Replay replay = replays.start(everything(), 2, "li");
        await().until(() -> processed.size() >= 1);
        replays.stop(replay.id());
        int atStop = processed.size();
        assertThat(state(replay)).isEqualTo(Replay.State.STOPPED);
        Replay next = replays.start(everything(), MANY, "li");
        await().until(() -> state(next) == Replay.State.FINISHED);
        assertThat(processed).hasSizeBetween(atStop + 20, atStop + 21);
        assertThat(atStop).isLessThan(20);
        assertThat(state(replay)).isEqualTo(Replay.State.STOPPED);
    }

    @Test
    void a_replay_goes_on_where_it_was_after_a_restart() {
        send(20);
        Replay replay = replays.start(everything(), 20, "li");
        await().until(() -> processed.size() >= 3);
        replays.close();
        int before = processed.size();
        assertThat(before).isLessThan(20);
        replays = newEngine();
        await().until(() -> state(replay) == Replay.State.FINISHED);
        assertThat(processed).hasSize(20).doesNotHaveDuplicates();
        assertThat(replays.find(replay.id()).orElseThrow().replayed()).isEqualTo(20);
    }

    @Test
    void a_replay_waits_for_a_feed_that_is_closed_for_a_while() {
        send(5);
        closedForNow.set(true);
        Replay replay = replays.start(everything(), MANY, "li");
        await().until(() -> database.number("select count(*) from message where parent_id is not null") > 1);
        assertThat(replays.find(replay.id()).orElseThrow().replayed()).isZero();
        closedForNow.set(false);
        await().until(() -> state(replay) == Replay.State.FINISHED);
        assertThat(processed).containsExactly("C0", "C1", "C2", "C3", "C4");
    }

    @Test
    void a_repair_replays_what_failed_for_the_missing_row_and_would_be_mapped_now_once_and_in_order() {
        missing.putAll(Map.of("C1", "sex", "C2", "ethnic-group", "C4", "sex", "C5", "sex", "C6", "sex-of-animals"));
        mapped = message -> !message.keys().controlId().equals("C5");
        send(8);
        missing.keySet().removeAll(List.of("C1", "C4", "C6"));

        Replay elsewhere = replays.repair(new Replays.MissingRow("sex", "H2"), MANY, "li");
        await().until(() -> state(elsewhere) == Replay.State.FINISHED);
        assertThat(processed).isEmpty();

        Replay repair = replays.repair(new Replays.MissingRow("sex", "H1"), MANY, "li");
        await().until(() -> state(repair) == Replay.State.FINISHED);
        assertThat(processed).containsExactly("C1", "C4");
        assertThat(replays.find(repair.id()).orElseThrow().selected()).isEqualTo(3);
        assertThat(replays.find(repair.id()).orElseThrow().replayed()).isEqualTo(2);

        Replay again = replays.repair(new Replays.MissingRow("sex", "H1"), MANY, "li");
        await().until(() -> state(again) == Replay.State.FINISHED);
        assertThat(processed).containsExactly("C1", "C4");
    }
}
