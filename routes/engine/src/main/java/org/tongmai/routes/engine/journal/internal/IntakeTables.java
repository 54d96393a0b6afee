package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.postgresql.PGConnection;
import org.tongmai.routes.engine.journal.IssueLines;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.OrderingKeys;
import org.tongmai.routes.engine.journal.internal.Arrival.Identity;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.MessageKeys;

/** The statements that write messages into the journal; each writes a whole batch. */
final class IntakeTables {
    private static final String CLAIM =
            """
            insert into message_key (key, digest, message_id)
            select * from unnest(?::uuid[], ?::uuid[], ?::bigint[])
            on conflict do nothing
            returning message_id, exists (select from message_key other where other.key = message_key.key)""";
    private static final String FIRSTS =
            """
            select wanted.key, wanted.digest, k.message_id, m.state, m.acknowledge_when, m.node,
              exists (select from event e where e.message_id = m.id and e.received_on = m.received_on) as stored
            from unnest(?::uuid[], ?::uuid[]) as wanted(key, digest)
            cross join lateral (
              select message_id from message_key where key = wanted.key and digest = wanted.digest offset 0) k
            left join lateral (
              select id, received_on, state, acknowledge_when, node from message
              where id = k.message_id and received_on = message_day(k.message_id) offset 0) m on true""";
    private static final String MESSAGES =
            """
            insert into message (id, received_on, received_at, node, feed, format, charset, sender, receiver, control_id,
              type, version, patient_id, visit_id, sent_at, source, state, attempts, acknowledge_when, parent_id,
              error_code, issues, raw_length, also_patients, settled_at)
            select id, message_day(id), timestamptz 'epoch' + at * interval '1 microsecond', ?, feed, format, charset,
              sender, receiver, control_id, type, version, patient_id, visit_id, sent_at, source, state, 1, ack,
              nullif(parent_id, 0), code, issues, raw_length, also_patients, case when state in (3, 4, 5) then now() end
            from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::bigint[],
              ?::text[], ?::text[], ?::int[], ?::text[])
            as u(id, at, feed, format, charset, sender, receiver, control_id, type, version, patient_id, visit_id,
              sent_at, source, state, ack, parent_id, code, issues, raw_length, also_patients)""";
    private static final String BODIES =
            """
            insert into message_body (id, received_on, raw)
            select id, message_day(id), raw from unnest(?::bigint[], ?::bytea[]) as u(id, raw)""";

    /** Messages and their bytes in one round trip. */
    static final String INSERT = MESSAGES + ";" + BODIES;

    static final int INSERT_PARAMETERS = 24;

    private final String node;

    IntakeTables(String node) {
        this.node = node;
    }

    /**
     * Who came first with an identity.
     *
     * @param state null when the message was pruned and its key not yet
     * @param stored whether canonical data came of it
     */
    record First(Identity identity, long id, MessageState state, AcknowledgeWhen when, String node, boolean stored) {
        static final First GONE = new First(null, 0, null, null, "", false);
    }

    /** Writes identities that are not there; answers the numbers written, and whether their key was used before. */
    Map<Long, Boolean> claim(Connection transaction, List<Arrival> keyed) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(CLAIM)) {
            statement.setArray(
                    1,
                    transaction.createArrayOf(
                            "uuid", keyed.stream().map(a -> a.identity.key()).toArray()));
            statement.setArray(
                    2,
                    transaction.createArrayOf(
                            "uuid", keyed.stream().map(a -> a.identity.digest()).toArray()));
            statement.setArray(
                    3,
                    transaction.createArrayOf(
                            "bigint", keyed.stream().map(a -> a.id).toArray()));
            Map<Long, Boolean> written = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    written.put(rows.getLong(1), rows.getBoolean(2));
                }
            }
            return written;
        }
    }

    List<First> firsts(Connection transaction, Collection<Identity> lost) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(FIRSTS)) {
            statement.setArray(
                    1,
                    transaction.createArrayOf(
                            "uuid", lost.stream().map(Identity::key).toArray()));
            statement.setArray(
                    2,
                    transaction.createArrayOf(
                            "uuid", lost.stream().map(Identity::digest).toArray()));
            List<First> firsts = new ArrayList<>(lost.size());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int state = rows.getInt("state");
                    firsts.add(new First(
                            new Identity((UUID) rows.getObject("key"), (UUID) rows.getObject("digest")),
                            rows.getLong("message_id"),
                            state == 0 ? null : MessageState.ofCode(state),
                            acknowledgeWhen(rows.getInt("acknowledge_when")),
                            rows.getString("node"),
                            rows.getBoolean("stored")));
                }
            }
            return firsts;
        }
    }

    /** The first of two equal messages in one batch, not written yet. */
    First firstOf(Arrival winner) {
        return new First(winner.identity, winner.id, MessageState.PROCESSING, winner.when, node, false);
    }

    /** Writes messages with their bytes. */
    void insert(Connection transaction, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(INSERT)) {
            bind(transaction, statement, rows);
            statement.executeUpdate();
        }
    }

    /** Sets the first {@link #INSERT_PARAMETERS} parameters. */
    void bind(Connection transaction, PreparedStatement statement, List<Row> rows) throws SQLException {
        Columns columns = new Columns(transaction, statement, rows);
        statement.setString(1, node);
        columns.longs(2, row -> row.arrival.id);
        columns.longs(3, IntakeTables::micros);
        columns.texts(4, row -> row.arrival.feed);
        columns.texts(5, row -> row.arrival.message.format());
        columns.texts(6, row -> row.arrival.message.charset().name());
        columns.keys(7, MessageKeys::sender);
        columns.keys(8, MessageKeys::receiver);
        columns.keys(9, MessageKeys::controlId);
        columns.keys(10, MessageKeys::type);
        columns.keys(11, MessageKeys::version);
        columns.keys(12, MessageKeys::patientId);
        columns.keys(13, MessageKeys::visitId);
        columns.keys(14, MessageKeys::sentAt);
        columns.texts(15, row -> row.arrival.message.source());
        columns.ints(16, row -> row.state.code());
        columns.ints(17, row -> codeOf(row.arrival.when));
        columns.longs(18, row -> row.arrival.parentId);
        columns.texts(19, Row::errorCode);
        columns.texts(20, Row::issues);
        columns.ints(21, row -> row.arrival.message.raw().length);
        columns.texts(22, row -> also(row.arrival.message.keys()));
        columns.longs(23, row -> row.arrival.id);
        byte[][] raws = new byte[rows.size()][];
        for (int i = 0; i < raws.length; i++) {
            raws[i] = rows.get(i).arrival.message.raw();
        }
        statement.setArray(INSERT_PARAMETERS, transaction.createArrayOf("bytea", raws));
    }

    private static String also(MessageKeys keys) {
        return keys.alsoPatients().isEmpty() ? null : OrderingKeys.join(keys.alsoPatients());
    }

    static int codeOf(AcknowledgeWhen when) {
        return when == AcknowledgeWhen.ACCEPTED ? 2 : 1;
    }

    static AcknowledgeWhen acknowledgeWhen(int code) {
        return code == 2 ? AcknowledgeWhen.ACCEPTED : AcknowledgeWhen.PROCESSED;
    }

    private static long micros(Row row) {
        var at = row.arrival.message.receivedAt();
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }

    /** PostgreSQL text has no NUL; a key field with one is kept with the replacement character instead. */
    private static String kept(String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
    }

    /**
     * A message as it is kept.
     *
     * @param state the state it begins with
     * @param errorCode why it is not taken, or null
     * @param issues lines, or null
     */
    record Row(Arrival arrival, MessageState state, String errorCode, String issues) {
        static Row of(Arrival arrival, MessageState state, List<Issue> failure, List<Issue> noticed) {
            List<Issue> all = new ArrayList<>(arrival.warnings);
            all.addAll(failure);
            all.addAll(noticed);
            return new Row(
                    arrival,
                    state,
                    failure.isEmpty() ? null : failure.get(0).code().code(),
                    all.isEmpty() ? null : IssueLines.of(all));
        }
    }

    /** Sets one array parameter a column. */
    private record Columns(Connection transaction, PreparedStatement statement, List<Row> rows) {
        void longs(int index, ToLongFunction<Row> value) throws SQLException {
            long[] values = new long[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.applyAsLong(rows.get(i));
            }
            statement.setArray(index, transaction.unwrap(PGConnection.class).createArrayOf("bigint", values));
        }

        void ints(int index, ToIntFunction<Row> value) throws SQLException {
            int[] values = new int[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.applyAsInt(rows.get(i));
            }
            statement.setArray(index, transaction.unwrap(PGConnection.class).createArrayOf("int4", values));
        }

        void texts(int index, Function<Row, String> value) throws SQLException {
            String[] values = new String[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = kept(value.apply(rows.get(i)));
            }
            statement.setArray(index, transaction.createArrayOf("text", values));
        }

        void keys(int index, Function<MessageKeys, String> key) throws SQLException {
            texts(index, row -> key.apply(row.arrival.message.keys()));
        }
    }
}
