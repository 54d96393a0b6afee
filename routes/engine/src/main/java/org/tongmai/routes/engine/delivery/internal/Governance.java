package org.tongmai.routes.engine.delivery.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.routes.engine.delivery.Deliveries.ParkedCause;
import org.tongmai.routes.engine.journal.MessageIds;

/** What people see and decide about destinations: counts, causes, release, pause. */
public final class Governance {
    private static final String COUNTS =
            """
            select destination, false, count(*) from delivery where state in (1, 2) group by 1, 2
            union all
            select destination, true, count(*) from delivery where state = 4 group by 1, 2""";
    private static final String CAUSES =
            """
            select destination, coalesce(cause_code, ''), coalesce(min(cause), ''), count(*) from delivery
            where state = 4 group by 1, 2 order by 4 desc, 1, 2""";
    private static final String RELEASE =
            """
            update delivery set state = 1, next_attempt_at = null, settled_at = null
            where destination = ? and state = 4 and (?::text is null or cause_code = ?) returning message_id""";
    private static final String PAUSE =
            """
            insert into destination (name, paused, changed_at) values (?, ?, now())
            on conflict (name) do update set paused = excluded.paused, changed_at = excluded.changed_at""";
    private static final String PAUSED = "select paused from destination where name = ?";

    private final DataSource dataSource;

    public Governance(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Deliveries not settled and parked, by destination. */
    public record Counts(long waiting, long parked) {
        public static final Counts NONE = new Counts(0, 0);

        private Counts plus(boolean isParked, long count) {
            return isParked ? new Counts(waiting, parked + count) : new Counts(waiting + count, parked);
        }
    }

    public Map<String, Counts> counts() throws SQLException {
        Map<String, Counts> counts = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNTS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Counts before = counts.getOrDefault(rows.getString(1), Counts.NONE);
                counts.put(rows.getString(1), before.plus(rows.getBoolean(2), rows.getLong(3)));
            }
        }
        return counts;
    }

    public List<ParkedCause> causes() throws SQLException {
        List<ParkedCause> causes = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(CAUSES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                causes.add(new ParkedCause(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
            }
        }
        return causes;
    }

    public int release(String destination, String causeCode) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.transaction(connection, transaction -> {
                AdvisoryLock.MESSAGE_STATES.take(transaction);
                int count = 0;
                for (Map.Entry<LocalDate, List<Long>> day :
                        unpark(transaction, destination, causeCode).entrySet()) {
                    long[] ids =
                            day.getValue().stream().mapToLong(Long::longValue).toArray();
                    MessageStates.reopen(transaction, day.getKey(), ids);
                    count += ids.length;
                }
                return count;
            });
        }
    }

    private static Map<LocalDate, List<Long>> unpark(Connection connection, String destination, String causeCode)
            throws SQLException {
        Map<LocalDate, List<Long>> released = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, destination);
            statement.setString(2, causeCode);
            statement.setString(3, causeCode);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    released.computeIfAbsent(MessageIds.dayOf(id), any -> new ArrayList<>())
                            .add(id);
                }
            }
        }
        return released;
    }

    public void pause(String destination) throws SQLException {
        write(destination, true);
    }

    public void resume(String destination) throws SQLException {
        write(destination, false);
    }

    private void write(String destination, boolean paused) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAUSE)) {
            statement.setString(1, destination);
            statement.setBoolean(2, paused);
            statement.executeUpdate();
        }
    }

    public boolean paused(String destination) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAUSED)) {
            statement.setString(1, destination);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
