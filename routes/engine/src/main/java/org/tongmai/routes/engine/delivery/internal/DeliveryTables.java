package org.tongmai.routes.engine.delivery.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.tongmai.routes.engine.journal.MessageIds;

/** Reads what is to be delivered, and hands out batch numbers. */
public final class DeliveryTables implements ReadAhead.Outbox {
    private static final String OPEN =
            """
            select message_id, patient_key from delivery
            where destination = ? and state = 1 and message_id >= ? and received_on >= ? order by message_id limit ?""";
    private static final String BEGUN =
            """
            select d.message_id, d.patient_key, b.id from delivery_batch b
            join delivery d on d.message_id = any(b.message_ids) and d.destination = b.destination and d.state = 1
            where b.destination = ? order by d.message_id""";
    private static final String ALONE =
            "select not exists (select from node where name <> ? and heartbeat_at > now() - interval '1 minute')";
    private static final String NUMBERS = "select nextval('delivery_batch_number')";
    private static final int NUMBERS_AT_A_TIME = 100;

    private final DataSource dataSource;
    private final String node;
    private final Deque<Long> numbers = new ArrayDeque<>();

    /** @param node the name of this one */
    public DeliveryTables(DataSource dataSource, String node) {
        this.dataSource = dataSource;
        this.node = node;
    }

    /** The first open deliveries in order of receipt, of messages with this number or a higher one. */
    @Override
    public List<DeliveryRow> open(String destination, long from, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setString(1, destination);
            statement.setLong(2, from);
            statement.setObject(3, MessageIds.dayOf(from));
            statement.setInt(4, limit);
            return rows(statement);
        }
    }

    @Override
    public boolean isAlone() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ALONE)) {
            statement.setString(1, node);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The batches that were begun and are not through, oldest first: to be tried again as they were. */
    List<Batch> begun(String destination) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(BEGUN)) {
            statement.setString(1, destination);
            Map<Long, List<DeliveryRow>> batches = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    batches.computeIfAbsent(rows.getLong(3), id -> new ArrayList<>())
                            .add(DeliveryRow.of(rows.getLong(1), rows.getString(2)));
                }
            }
            List<Batch> begun = new ArrayList<>();
            batches.forEach((id, rows) -> begun.add(Batch.of(id, rows)));
            return begun;
        }
    }

    /** A batch number nobody has had. */
    synchronized long nextBatch() throws SQLException {
        if (numbers.isEmpty()) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(NUMBERS);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                long first = row.getLong(1);
                for (int i = 0; i < NUMBERS_AT_A_TIME; i++) {
                    numbers.add(first + i);
                }
            }
        }
        return numbers.poll();
    }

    private static List<DeliveryRow> rows(PreparedStatement statement) throws SQLException {
        List<DeliveryRow> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(DeliveryRow.of(rows.getLong(1), rows.getString(2)));
            }
        }
        return found;
    }
}
