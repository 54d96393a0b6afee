package org.tongmai.routes.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.database.DayPartitions.Table;
import org.tongmai.routes.engine.journal.TestDatabase;

class DatabaseIT {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

    private final TestDatabase database = new TestDatabase();

    @BeforeEach
    void tables() {
        database.execute("create table visit (day date not null, number int not null) partition by range (day)");
        database.execute("create table note (day date not null) partition by range (day)");
        database.execute(
                """
                create function is_kept() returns trigger language plpgsql as $$
                begin raise exception 'kept' using errcode = '42501'; end $$""");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private DayPartitions days() {
        return new DayPartitions(
                database.dataSource(),
                AdvisoryLock.JOURNAL_DAYS,
                List.of(new Table("visit", "fillfactor = 50", ""), new Table("note", "fillfactor = 100", "is_kept")));
    }

    @Test
    void a_transaction_that_ends_in_a_failure_of_our_own_leaves_nothing() throws SQLException {
        days().ensure(DAY);
        try (Connection connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> Sql.transaction(connection, transaction -> {
                        Sql.update(transaction, "insert into visit values (?, 1)", DAY);
                        throw new IllegalStateException("ours");
                    }))
                    .hasMessage("ours");
            assertThat(connection.getAutoCommit()).isTrue();
            Sql.update(connection, "insert into visit values (?, 2)", DAY);
        }
        assertThat(database.number("select sum(number) from visit")).isEqualTo(2);
    }

    @Test
    void what_failed_is_told_though_the_connection_was_lost_with_it() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> Sql.transaction(connection, transaction -> {
                        database.killConnections();
                        throw new IllegalStateException("ours");
                    }))
                    .hasMessage("ours");
        }
    }

    @Test
    void many_nodes_make_a_day_at_the_same_time_once() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> making = () -> {
                days().ensure(DAY);
                return null;
            };
            for (Future<Void> made :
                    nodes.invokeAll(IntStream.range(0, 4).mapToObj(i -> making).toList())) {
                made.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(DayPartitions.existing(connection, "visit")).containsExactly(DAY);
        }
    }

    @Test
    void a_day_that_was_dropped_can_be_made_again() throws SQLException {
        DayPartitions days = days();
        days.ensure(DAY.plusDays(1));
        days.ensure(DAY);
        try (Connection connection = database.dataSource().getConnection()) {
            days.drop(connection, DAY);
            assertThat(DayPartitions.existing(connection, "visit")).containsExactly(DAY.plusDays(1));
            assertThat(DayPartitions.existing(connection, "note")).containsExactly(DAY.plusDays(1));
            days.ensure(DAY);
            assertThat(DayPartitions.existing(connection, "visit")).containsExactly(DAY, DAY.plusDays(1));
        }
    }

    @Test
    void a_partition_is_guarded_from_being_emptied_where_its_table_says_so() throws SQLException {
        days().ensure(DAY);
        database.execute("truncate visit_20260228");
        assertThatThrownBy(() -> database.execute("truncate note_20260228"))
                .rootCause()
                .hasMessageContaining("kept");
        assertThat(database.number("select count(*) from pg_class where relname = 'visit_20260228'"
                        + " and 'fillfactor=50' = any(reloptions)"))
                .isOne();
    }
}
