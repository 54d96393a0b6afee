package org.tongmai.routes.engine.journal.internal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.OrderingKeys;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/** The statements of recovery and take-over. */
final class RecoveryTables {
    private static final String UNSETTLED =
            """
            select id, concat_ws(E'\\n', case when patient_id = '' then sender else patient_id end, also_patients)
            from message where node = ? and attention in (1, 2) order by id""";
    private static final String TAKE_OVER =
            """
            update message set node = ? where node = ? and attention in (1, 2)
            and exists (select from node where name = ? and heartbeat_at < now() - ? * interval '1 millisecond')""";
    private static final String BEGIN =
            """
            update message set state = 2, attempts = attempts + ?
            where id = ? and received_on = ? and node = ? and state in (1, 2)
            returning attempts, feed, format, charset, sender, receiver, control_id, type, version, patient_id,
              visit_id, sent_at, also_patients, source, received_at, acknowledge_when,
              (select raw from message_body b where b.id = message.id and b.received_on = message.received_on) as raw""";

    private final DataSource dataSource;
    private final String node;

    RecoveryTables(DataSource dataSource, String node) {
        this.dataSource = dataSource;
        this.node = node;
    }

    /** A message that was begun and not ended, with its ordering keys. */
    record Unsettled(long id, List<String> keys) {}

    /** An unsettled message, begun once more. */
    record Begun(int attempts, RouteRunner.Journalled journalled) {}

    List<Unsettled> unsettled() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(UNSETTLED)) {
            statement.setString(1, node);
            List<Unsettled> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Unsettled(rows.getLong(1), OrderingKeys.split(rows.getString(2))));
                }
            }
            return found;
        }
    }

    /** Claims everything a dead node left, in one statement. */
    int takeOver(String dead, long leaseMillis) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(TAKE_OVER)) {
            statement.setString(1, node);
            statement.setString(2, dead);
            statement.setString(3, dead);
            statement.setLong(4, leaseMillis);
            return statement.executeUpdate();
        }
    }

    /**
     * Begins the message once more; empty when it was settled or taken by another node meanwhile.
     *
     * @param counted 1 after a crash, 0 when it is only tried again
     */
    Optional<Begun> begin(long id, int counted) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setInt(1, counted);
            statement.setLong(2, id);
            statement.setObject(3, MessageIds.dayOf(id));
            statement.setString(4, node);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(begun(id, row)) : Optional.empty();
            }
        }
    }

    private static Begun begun(long id, ResultSet row) throws SQLException {
        var when = IntakeTables.acknowledgeWhen(row.getInt("acknowledge_when"));
        return new Begun(
                row.getInt("attempts"), new RouteRunner.Journalled(id, row.getString("feed"), message(row), when));
    }

    /** The message as it was received; its text is read again from its bytes. */
    private static ReceivedMessage message(ResultSet row) throws SQLException {
        Charset charset = Charset.forName(row.getString("charset"));
        byte[] raw = row.getBytes("raw");
        String also = row.getString("also_patients");
        MessageKeys keys = new MessageKeys(
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("control_id"),
                row.getString("type"),
                row.getString("version"),
                row.getString("patient_id"),
                row.getString("visit_id"),
                row.getString("sent_at"),
                also == null ? List.of() : OrderingKeys.split(also));
        return new ReceivedMessage(
                row.getString("format"),
                raw,
                charset,
                text(raw, charset),
                keys,
                row.getString("source"),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    static String text(byte[] raw, Charset charset) {
        String text = new String(raw, charset);
        boolean marked = StandardCharsets.UTF_8.equals(charset) && text.startsWith("\ufeff");
        return marked ? text.substring(1) : text;
    }
}
