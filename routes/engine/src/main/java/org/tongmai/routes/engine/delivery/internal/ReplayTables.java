package org.tongmai.routes.engine.delivery.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.tongmai.routes.engine.delivery.Replays.MissingRow;
import org.tongmai.routes.engine.delivery.Replays.Replay;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;

/** The table of replays. A state is 1 running, 2 stopped, 3 finished. */
public final class ReplayTables {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;
    private static final String INSERT =
            """
            insert into replay (id, requested_at, requested_by, selection, per_second, state, node, up_to)
            select nextval('replay_number'), now(), ?, ?, ?, 1, ?, coalesce(max(id), 0) from message
            returning id""";
    private static final String COLUMNS =
            "select id, requested_at, requested_by, per_second, state, selected, replayed from replay";
    private static final String RUNNING =
            "select id, selection, per_second, position, replayed, up_to from replay where state = 1 order by id limit"
                    + " 1";
    private static final String STOP = "update replay set state = 2 where id = ? and state = 1";
    private static final String FINISH = "update replay set state = 3 where id = ? and state = 1";
    private static final String SELECTED = "update replay set selected = ? where id = ? and state = 1";
    private static final String ADVANCE = "update replay set position = ?, replayed = ? where id = ? and state = 1";
    private static final String STORED_CHILD = "select 1 from message where parent_id = ? and state in (3, 4) limit 1";
    private static final String CHILD = "select 1 from message where parent_id = ? and id > ? limit 1";

    private final DataSource dataSource;

    public ReplayTables(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A replay somebody asks for; with a cause it is a repair. */
    public record Request(MessageQuery selection, MissingRow cause, int perSecond, String requestedBy, String node) {}

    /**
     * A replay that is to go on.
     *
     * @param cause why the messages failed, when it is a repair; otherwise null
     * @param position the last message that was replayed, or 0
     * @param upTo the highest message number that belongs to it
     */
    record Running(
            long id, MessageQuery selection, MissingRow cause, int perSecond, long position, int replayed, long upTo) {}

    public long insert(Request request) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, request.requestedBy());
            statement.setString(2, write(request.selection(), request.cause()));
            statement.setInt(3, request.perSecond());
            statement.setString(4, request.node());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    Optional<Running> running() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(RUNNING);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            JsonNode selection = parse(row.getString(2));
            return Optional.of(new Running(
                    row.getLong(1),
                    query(selection),
                    cause(selection),
                    row.getInt(3),
                    row.getLong(4),
                    row.getInt(5),
                    row.getLong(6)));
        }
    }

    /** Answers whether it was running. */
    public boolean stop(long id) throws SQLException {
        return update(STOP, id) == 1;
    }

    void finish(long id) throws SQLException {
        update(FINISH, id);
    }

    void selected(long id, int count) throws SQLException {
        update(SELECTED, count, id);
    }

    /** Answers false when it is no longer running. */
    boolean advance(long id, long position, int replayed) throws SQLException {
        return update(ADVANCE, position, replayed, id) == 1;
    }

    /** Whether the message has a child that is younger than the replay: then it was replayed just before a crash. */
    boolean hasChild(long messageId, long youngerThan) throws SQLException {
        return any(CHILD, messageId, youngerThan);
    }

    /** Whether an earlier replay of the message was stored: then it needs none. */
    boolean hasStoredChild(long messageId) throws SQLException {
        return any(STORED_CHILD, messageId);
    }

    private boolean any(String sql, long... values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    public Optional<Replay> find(long id) throws SQLException {
        List<Replay> found = list(COLUMNS + " where id = " + id);
        return found.stream().findFirst();
    }

    public List<Replay> recent() throws SQLException {
        return list(COLUMNS + " order by id desc limit 50");
    }

    private List<Replay> list(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            List<Replay> replays = new ArrayList<>();
            while (row.next()) {
                replays.add(new Replay(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getInt(4),
                        Replay.State.values()[row.getInt(5) - 1],
                        row.getInt(6),
                        row.getInt(7)));
            }
            return replays;
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static String write(MessageQuery query, MissingRow cause) {
        ObjectNode node = JSON.createObjectNode();
        node.put("patient", query.patient()).put("controlId", query.controlId());
        node.put("type", query.type()).put("sender", query.sender()).put("feed", query.feed());
        query.states().forEach(state -> node.withArray("states").add(state.name()));
        node.put("from", query.from() == null ? null : query.from().toString());
        node.put("to", query.to() == null ? null : query.to().toString());
        if (cause != null) {
            node.putObject("missingRow").put("conceptMap", cause.conceptMap()).put("sender", cause.sender());
        }
        return node.toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("selection of a replay is not JSON", e);
        }
    }

    private static MissingRow cause(JsonNode selection) {
        JsonNode node = selection.path("missingRow");
        return node.isMissingNode() ? null : new MissingRow(text(node, "conceptMap"), text(node, "sender"));
    }

    private static MessageQuery query(JsonNode node) {
        Set<MessageState> states = EnumSet.noneOf(MessageState.class);
        node.path("states").forEach(state -> states.add(MessageState.valueOf(state.asText())));
        return new MessageQuery(
                text(node, "patient"),
                text(node, "controlId"),
                text(node, "type"),
                text(node, "sender"),
                text(node, "feed"),
                states,
                time(node, "from"),
                time(node, "to"),
                0,
                PAGE);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText(null);
    }

    private static Instant time(JsonNode node, String name) {
        String text = text(node, name);
        return text == null ? null : Instant.parse(text);
    }
}
