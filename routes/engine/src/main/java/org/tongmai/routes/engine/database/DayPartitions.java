package org.tongmai.routes.engine.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Tables that are kept by day: the partitions of a day are made before its first row, and dropped as a whole. They are made
 * as tables and then attached, which lets readers and writers of other days go on.
 */
public final class DayPartitions {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String EXISTING =
            """
            select right(c.relname, 8) from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = ?::regclass order by 1""";

    private final DataSource dataSource;
    private final AdvisoryLock lock;
    private final List<Table> tables;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    /**
     * A table, partitioned by range of a date.
     *
     * @param storage storage parameters of a partition
     * @param beforeTruncate function that is called before a partition is emptied, which a trigger of the whole table does
     *     not see to; empty for none
     */
    public record Table(String name, String storage, String beforeTruncate) {
        /** What the partition of a day is called. */
        public String partition(LocalDate day) {
            return name + "_" + DAY.format(day);
        }
    }

    /**
     * @param lock under which days are made
     * @param tables in the order in which they are made; they are dropped in the contrary one
     */
    public DayPartitions(DataSource dataSource, AdvisoryLock lock, List<Table> tables) {
        this.dataSource = dataSource;
        this.lock = lock;
        this.tables = List.copyOf(tables);
    }

    /** Makes what the day lacks, in a transaction of its own. */
    public void ensure(LocalDate day) throws SQLException {
        if (known.contains(day)) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            Sql.transaction(connection, transaction -> {
                lock.take(transaction);
                for (Table table : tables) {
                    make(transaction, table, day);
                }
                return day;
            });
        }
        known.add(day);
    }

    private static void make(Connection transaction, Table table, LocalDate day) throws SQLException {
        String name = table.name();
        String partition = table.partition(day);
        if (Sql.list(transaction, row -> row.getString(1), "select to_regclass(?)::text", partition)
                        .get(0)
                != null) {
            return;
        }
        try (Statement statement = transaction.createStatement()) {
            statement.execute("create table " + partition + " (like " + name
                    + " including defaults including generated including storage including indexes) with ("
                    + table.storage() + ")");
            if (!table.beforeTruncate().isEmpty()) {
                statement.execute("create trigger " + partition + "_not_emptied before truncate on " + partition
                        + " for each statement execute function " + table.beforeTruncate() + "()");
            }
            statement.execute("alter table " + name + " attach partition " + partition + " for values from ('" + day
                    + "') to ('" + day.plusDays(1) + "')");
        }
    }

    /** The days of which a table has partitions, earliest first. */
    public static List<LocalDate> existing(Connection connection, String table) throws SQLException {
        return Sql.list(connection, row -> LocalDate.parse(row.getString(1), DAY), EXISTING, table);
    }

    /** Drops a day. In a transaction, whoever writes to another day waits until it ends. */
    public void drop(Connection connection, LocalDate day) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int i = tables.size() - 1; i >= 0; i--) {
                statement.execute("drop table if exists " + tables.get(i).partition(day));
            }
        }
        known.remove(day);
    }
}
