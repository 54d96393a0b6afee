package org.tongmai.routes.engine.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.delivery.Delivering;

class ReadAheadTest {
    private static final int MOST = 4;

    private final TreeSet<Long> open = new TreeSet<>();
    private final List<Long> taken = new ArrayList<>();
    private Runnable whileReading = () -> {};
    private boolean alone = true;
    private final ReadAhead ahead = new ReadAhead(
            Delivering.of(Map.of("topic", "t", "destination", "d")),
            new Outbox(),
            Runnable::run,
            MOST,
            TimeUnit.HOURS.toNanos(1));

    private final class Outbox implements ReadAhead.Outbox {
        @Override
        public List<DeliveryRow> open(String destination, long from, int limit) {
            List<DeliveryRow> rows = open.tailSet(from).stream()
                    .limit(limit)
                    .map(ReadAheadTest::row)
                    .toList();
            Runnable meanwhile = whileReading;
            whileReading = () -> {};
            meanwhile.run();
            return rows;
        }

        @Override
        public boolean isAlone() {
            return alone;
        }
    }

    private static DeliveryRow row(long id) {
        return DeliveryRow.of(id, "p");
    }

    private void fill() throws SQLException {
        ahead.fill(row -> taken.add(row.messageId()));
    }

    private void store(long id) {
        open.add(id);
        offer(id);
    }

    private void offer(long id) {
        ahead.offer(row(id), row -> taken.add(row.messageId()));
    }

    private void settle(long id) {
        open.remove(id);
        ahead.settled(Batch.of(id, List.of(row(id))));
    }

    @Test
    void what_was_stored_before_the_first_reading_is_read_and_what_is_stored_afterwards_is_taken_at_once()
            throws SQLException {
        store(1);
        assertThat(taken).isEmpty();
        fill();
        store(2);
        assertThat(taken).containsExactly(1L, 2L);
    }

    @Test
    void what_is_stored_while_the_outbox_is_read_is_taken_once() throws SQLException {
        store(1);
        whileReading = () -> {
            offer(1);
            store(2);
        };
        fill();
        fill();
        assertThat(taken).containsExactly(1L, 2L);
    }

    @Test
    void a_delivery_that_was_read_and_settled_before_its_word_came_is_not_taken_again() throws SQLException {
        open.add(1L);
        fill();
        settle(1);
        offer(1);
        fill();
        assertThat(taken).containsExactly(1L);
    }

    @Test
    void who_falls_behind_reads_in_order_before_anything_newer_is_taken() throws SQLException {
        fill();
        for (long id = 1; id <= MOST + 2; id++) {
            store(id);
        }
        assertThat(taken).containsExactly(1L, 2L, 3L, 4L);
        settle(1);
        settle(2);
        store(7);
        assertThat(taken).hasSize(4);
        fill();
        settle(3);
        settle(4);
        fill();
        assertThat(taken).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        settle(5);
        settle(6);
        settle(7);
        store(8);
        fill();
        assertThat(taken).endsWith(7L, 8L).hasSize(8);
    }

    @Test
    void beside_another_node_everything_is_read_in_order() throws SQLException {
        fill();
        alone = false;
        fill();
        open.add(1L);
        store(2);
        assertThat(taken).isEmpty();
        fill();
        assertThat(taken).containsExactly(1L, 2L);
    }

    @Test
    void after_a_commit_of_unknown_outcome_what_it_stored_is_read_before_anything_newer() throws SQLException {
        fill();
        open.add(1L);
        ahead.changed();
        store(2);
        assertThat(taken).isEmpty();
        fill();
        assertThat(taken).containsExactly(1L, 2L);
    }

    @Test
    void after_a_reading_that_failed_nothing_is_passed_over() throws SQLException {
        store(1);
        whileReading = () -> {
            store(2);
            throw new IllegalStateException("the database is away");
        };
        assertThatThrownBy(this::fill).isInstanceOf(IllegalStateException.class);
        store(3);
        assertThat(taken).isEmpty();
        fill();
        assertThat(taken).containsExactly(1L, 2L, 3L);
    }

    @Test
    void one_that_concerns_many_patients_counts_as_many() throws SQLException {
        fill();
        ahead.offer(new DeliveryRow(1, List.of("a", "b", "c", "d")), row -> taken.add(row.messageId()));
        offer(2);
        assertThat(taken).containsExactly(1L);
        assertThat(ahead.wanted()).isFalse();
        ahead.settled(Batch.of(1, List.of(new DeliveryRow(1, List.of("a", "b", "c", "d")))));
        assertThat(ahead.wanted()).isTrue();
    }
}
