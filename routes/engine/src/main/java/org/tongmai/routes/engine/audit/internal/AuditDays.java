package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The days of the log: partitions that are made before the first row of a day, and dropped as a whole. */
final class AuditDays {
    private static final String LOCK = "select pg_advisory_xact_lock(7466103)";
    private static final String EXISTING =
            """
            select right(c.relname, 8) from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'audit_block'::regclass order by 1""";
    private static final Map<String, String> STORAGE = Map.of(
            "audit_block", "fillfactor = 100, autovacuum_vacuum_insert_threshold = -1, toast_tuple_target = 512",
            "audit_checkpoint", "fillfactor = 100, autovacuum_vacuum_insert_threshold = -1");

    private final DataSource dataSource;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    AuditDays(DataSource dataSource) {
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
                statement.execute(LOCK);
                for (Map.Entry<String, String> table : STORAGE.entrySet()) {
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

    private static void make(Statement statement, String table, String storage, LocalDate day) throws SQLException {
        String partition = nameOf(table, day);
        try (ResultSet row = statement.executeQuery("select to_regclass('" + partition + "')")) {
            row.next();
            if (row.getString(1) != null) {
                return;
            }
        }
        statement.execute("create table " + partition + " (like " + table
                + " including defaults including storage including indexes) with (" + storage + ")");
        statement.execute("create trigger " + partition + "_not_emptied before truncate on " + partition
                + " for each statement execute function audit_is_only_added_to()");
        statement.execute("alter table " + table + " attach partition " + partition + " for values from ('" + day
                + "') to ('" + day.plusDays(1) + "')");
    }

    /** The days that have partitions, earliest first. */
    static List<LocalDate> existing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EXISTING)) {
            List<LocalDate> days = new ArrayList<>();
            while (rows.next()) {
                days.add(LocalDate.parse(rows.getString(1), DateTimeFormatter.BASIC_ISO_DATE));
            }
            return days;
        }
    }

    /** Drops a day within the transaction; whoever writes to other days waits that long, so it waits little itself. */
    static void drop(Connection transaction, LocalDate day) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(LOCK);
            statement.execute("set local lock_timeout = '2s'");
            for (String table : STORAGE.keySet()) {
                statement.execute("drop table if exists " + nameOf(table, day));
            }
        }
    }

    void forget(LocalDate day) {
        known.remove(day);
    }

    private static String nameOf(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
