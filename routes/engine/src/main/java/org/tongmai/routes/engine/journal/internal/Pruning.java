package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Drops whole days. Nothing unsettled is ever dropped; the keys of a dropped day are freed in bounded batches. */
final class Pruning {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
    private static final int KEYS_AT_ONCE = 5_000;
    private static final String OPEN =
            """
            select (select count(*) from message where received_on = ? and attention in (1, 2, 6))
              + (select count(*) from delivery where received_on = ? and state in (1, 2, 4))""";
    private static final String KEYS =
            """
            delete from message_key where (key, digest) in (
              select key, digest from message_key where message_id >= ? and message_id < ? limit ?)""";

    private final DataSource dataSource;
    private final DayPartitions partitions;
    private final Duration retention;

    Pruning(DataSource dataSource, DayPartitions partitions, Duration retention) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.retention = retention;
    }

    List<LocalDate> prune() throws SQLException {
        LocalDate oldestKept =
                Instant.now().minus(retention).atOffset(MessageIds.ZONE).toLocalDate();
        List<LocalDate> dropped = new ArrayList<>();
        for (LocalDate day : days()) {
            if (!day.isBefore(oldestKept)) {
                break;
            }
            try {
                prune(day);
                dropped.add(day);
            } catch (CodedException e) {
                LOG.warn("{} day {}", e.code().code(), day);
                break;
            }
        }
        return dropped;
    }

    void prune(LocalDate day) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            refuseOpen(connection, day);
            freeKeys(connection, day);
            partitions.drop(connection, day);
        }
    }

    private List<LocalDate> days() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return DayPartitions.existing(connection, JournalDays.FIRST);
        }
    }

    private static void refuseOpen(Connection connection, LocalDate day) throws SQLException {
        long open = Sql.list(connection, row -> row.getLong(1), OPEN, day, day).get(0);
        if (open > 0) {
            throw new CodedException(Issue.of(JournalError.DAY_UNSETTLED, "", "found: " + open + " not settled"));
        }
    }

    private static void freeKeys(Connection connection, LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setLong(1, MessageIds.firstOf(day));
            statement.setLong(2, MessageIds.firstOf(day.plusDays(1)));
            statement.setInt(3, KEYS_AT_ONCE);
            while (statement.executeUpdate() > 0) {
                // Each batch is a transaction of its own, so that nobody waits long.
            }
        }
    }
}
