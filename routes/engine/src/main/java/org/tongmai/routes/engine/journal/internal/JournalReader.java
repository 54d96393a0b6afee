package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.routes.engine.delivery.DeliveryState;
import org.tongmai.routes.engine.journal.IssueLines;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalStats;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageJourney;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.Metric;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.MessageKeys;

/** Reads the journal from the database. */
final class JournalReader implements Journal {
    private static final String RAW = "select raw from message_body where id = ? and received_on = ?";
    private static final String EVENT = "select topic, resources from event where message_id = ? and received_on = ?";
    private static final String STORED =
            """
            select m.received_at, e.resources, coalesce(e.maps, '') from event e
            join message m on m.id = e.message_id and m.received_on = e.received_on
            where e.message_id = ? and e.received_on = ?""";
    private static final String DELIVERIES =
            """
            select destination, attempts, next_attempt_at, cause_code, cause, settled_at, issues,
              case when state = 1 and next_attempt_at is null and exists (
                select from delivery_batch b where b.destination = d.destination and d.message_id = any(b.message_ids))
              then 2 else state end as state
            from delivery d where message_id = ? and received_on = ? order by destination""";
    private static final String REPLAYS = "select id from message where parent_id = ? order by id limit 1000";
    private static final String COUNTERS = "select metric, sum(value) from counter group by metric";
    private static final String OPEN =
            """
            select count(*) filter (where attention in (1, 2)), count(*) filter (where attention = 6) from (
              select attention from message where attention in (1, 2)
              union all select attention from message where attention in (5, 6) and attention = 6) as open""";

    private final DataSource dataSource;

    JournalReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<JournalEntry> find(MessageQuery query) {
        MessageSearch search = MessageSearch.of(query);
        return read(search.sql(), search.values(), JournalReader::entry);
    }

    @Override
    public Optional<MessageJourney> journey(long id) {
        List<Object> key = List.of(id, MessageIds.dayOf(id));
        List<JournalEntry> entries =
                read(MessageSearch.COLUMNS + " where id = ? and received_on = ?", key, JournalReader::entry);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        List<Event> events = read(EVENT, key, row -> new Event(row.getString(1), ResourceList.read(row.getString(2))));
        Event event = events.isEmpty() ? new Event("", List.of()) : events.get(0);
        return Optional.of(new MessageJourney(
                entries.get(0),
                event.topic(),
                event.resources(),
                read(DELIVERIES, key, JournalReader::delivery),
                read(REPLAYS, List.of(id), row -> row.getLong(1))));
    }

    @Override
    public Optional<byte[]> raw(long id) {
        return read(RAW, List.of(id, MessageIds.dayOf(id)), row -> row.getBytes(1)).stream()
                .findFirst();
    }

    @Override
    public Optional<StoredMessage> stored(long messageId) {
        return read(
                        STORED,
                        List.of(messageId, MessageIds.dayOf(messageId)),
                        row -> new StoredMessage(
                                instant(row, "received_at"), ResourceList.read(row.getString(2)), row.getString(3)))
                .stream()
                .findFirst();
    }

    @Override
    public JournalStats stats() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Map<Metric, Long> sums = new EnumMap<>(Metric.class);
            try (ResultSet rows = statement.executeQuery(COUNTERS)) {
                while (rows.next()) {
                    sums.put(Metric.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            try (ResultSet row = statement.executeQuery(OPEN)) {
                row.next();
                return stats(sums, row.getLong(1), row.getLong(2));
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static JournalStats stats(Map<Metric, Long> sums, long processing, long parked) {
        return new JournalStats(
                sums.getOrDefault(Metric.RECEIVED, 0L),
                sums.getOrDefault(Metric.ACCEPTED, 0L),
                sums.getOrDefault(Metric.REFUSED, 0L),
                processing,
                sums.getOrDefault(Metric.STORED, 0L),
                sums.getOrDefault(Metric.DELIVERED, 0L),
                parked,
                sums.getOrDefault(Metric.DUPLICATES, 0L));
    }

    private <T> List<T> read(String sql, List<Object> values, Row<T> row) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value instanceof Integer[] codes) {
                    statement.setArray(i + 1, connection.createArrayOf("int4", codes));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static CodedException unavailable(SQLException e) {
        return new CodedException(Issue.of(JournalError.UNAVAILABLE, "", "SQLSTATE " + e.getSQLState()));
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        MessageKeys keys = new MessageKeys(
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("control_id"),
                row.getString("type"),
                row.getString("version"),
                row.getString("patient_id"),
                row.getString("visit_id"),
                row.getString("sent_at"),
                List.of());
        String code = row.getString("error_code");
        return new JournalEntry(
                row.getLong("id"),
                instant(row, "received_at"),
                row.getString("feed"),
                row.getString("format"),
                row.getString("charset"),
                keys,
                row.getString("source"),
                MessageState.ofCode(row.getInt("state")),
                row.getInt("attempts"),
                row.getLong("parent_id"),
                code == null ? "" : code,
                IssueLines.split(row.getString("issues")),
                row.getInt("raw_length"),
                instant(row, "settled_at"));
    }

    private static MessageJourney.DeliveryRow delivery(ResultSet row) throws SQLException {
        String code = row.getString("cause_code");
        String cause = row.getString("cause");
        return new MessageJourney.DeliveryRow(
                row.getString("destination"),
                DeliveryState.ofCode(row.getInt("state")),
                row.getInt("attempts"),
                instant(row, "next_attempt_at"),
                code == null ? "" : code,
                cause == null ? "" : cause,
                instant(row, "settled_at"),
                IssueLines.split(row.getString("issues")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Reads one row. */
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private record Event(String topic, List<ResourceVersion> resources) {}
}
