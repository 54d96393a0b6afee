package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Makes the partitions of a day, at the latest when the first message of the day asks. Partitions are made as tables and
 * then attached, which lets readers and writers of other days go on.
 */
final class PartitionKeeper {
    private static final String ADDED_ONLY = "fillfactor = 100, autovacuum_vacuum_insert_threshold = -1";

    /**
     * Tables with how they are kept: a message is changed once, in place, when its last delivery is through. What is only
     * added to until its day is dropped needs no vacuum.
     */
    static final Map<String, String> TABLES = Map.of(
            "message",
            "fillfactor = 50, autovacuum_vacuum_insert_threshold = -1",
            "message_body",
            ADDED_ONLY,
            "event",
            ADDED_ONLY,
            "delivery",
            "fillfactor = 100");

    private final DataSource dataSource;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    PartitionKeeper(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes what the day lacks, in a transaction of its own. */
    void ensure(LocalDate day) throws SQLException {
        if (known.contains(day)) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(7466102)");
                for (Map.Entry<String, String> table : TABLES.entrySet()) {
                    make(statement, table.getKey(), table.getValue(), day);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        known.add(day);
    }

    void forget(LocalDate day) {
        known.remove(day);
    }

    static String nameOf(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private static void make(Statement statement, String table, String storage, LocalDate day) throws SQLException {
        String partition = nameOf(table, day);
        try (var row = statement.executeQuery("select to_regclass('" + partition + "')")) {
            row.next();
            if (row.getString(1) != null) {
                return;
            }
        }
        statement.execute("create table " + partition + " (like " + table
                + " including defaults including generated including indexes)"
                + " with (" + storage + ")");
        statement.execute("alter table " + table + " attach partition " + partition + " for values from ('" + day
                + "') to ('" + day.plusDays(1) + "')");
    }
}
