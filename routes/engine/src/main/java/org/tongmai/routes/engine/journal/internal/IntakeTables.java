package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.internal.Arrival.Identity;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/** The statements of group commit 1; each writes a whole batch. */
final class IntakeTables {
    /** Longest key field kept: an index entry must fit into a third of a page. */
    static final int KEY_LENGTH = 200;

    private static final String CLAIM =
            """
            insert into message_key (key, digest, message_id)
            select * from unnest(?::uuid[], ?::uuid[], ?::bigint[])
            on conflict do nothing
            returning message_id, exists (select from message_key other where other.key = message_key.key)""";
    private static final String FIRSTS =
            """
            select k.key, k.digest, k.message_id, m.state, m.acknowledge_when, m.node,
              exists (select from event e where e.message_id = m.id and e.received_on = m.received_on) as stored
            from unnest(?::uuid[], ?::uuid[]) as wanted(key, digest)
            join message_key k on k.key = wanted.key and k.digest = wanted.digest
            left join message m on m.id = k.message_id and m.received_on = message_day(k.message_id)""";
    private static final String MESSAGES =
            """
            insert into message (id, received_on, received_at, node, feed, format, charset, sender, receiver, control_id,
              type, version, patient_id, visit_id, sent_at, source, state, attempts, acknowledge_when, parent_id,
              error_code, issues, raw_length, settled_at)
            select id, message_day(id), timestamptz 'epoch' + at * interval '1 microsecond', ?, feed, format, charset,
              sender, receiver, control_id, type, version, patient_id, visit_id, sent_at, source, state, 1, ack,
              nullif(parent_id, 0), code, issues, raw_length, case when state = 5 then now() end
            from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::bigint[],
              ?::text[], ?::text[], ?::int[])
            as u(id, at, feed, format, charset, sender, receiver, control_id, type, version, patient_id, visit_id,
              sent_at, source, state, ack, parent_id, code, issues, raw_length)""";
    private static final String BODIES =
            """
            insert into message_body (id, received_on, raw)
            select id, message_day(id), raw from unnest(?::bigint[], ?::bytea[]) as u(id, raw)""";

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
            statement.setArray(3, transaction.createArrayOf("bigint", longs(keyed, a -> a.id)));
            Map<Long, Boolean> written = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    written.put(rows.getLong(1), rows.getBoolean(2));
                }
            }
            return written;
        }
    }

    List<First> firsts(Connection transaction, List<Identity> lost) throws SQLException {
        try (var plan = transaction.createStatement();
                PreparedStatement statement = transaction.prepareStatement(FIRSTS)) {
            plan.execute(SettlementTables.PLAN_BY_INDEX);
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
        return new First(winner.identity, winner.id, IntakeWriter.stateOf(winner), winner.when, node, false);
    }

    void insert(Connection transaction, List<Arrival> durable) throws SQLException {
        insertMessages(transaction, durable);
        try (PreparedStatement statement = transaction.prepareStatement(BODIES)) {
            byte[][] raws = new byte[durable.size()][];
            for (int i = 0; i < raws.length; i++) {
                raws[i] = durable.get(i).message.raw();
            }
            statement.setArray(1, transaction.createArrayOf("bigint", longs(durable, a -> a.id)));
            statement.setArray(2, transaction.createArrayOf("bytea", raws));
            statement.executeUpdate();
        }
    }

    private void insertMessages(Connection transaction, List<Arrival> durable) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(MESSAGES)) {
            Columns columns = new Columns(transaction, statement, durable);
            statement.setString(1, node);
            columns.longs(2, a -> a.id);
            columns.longs(3, IntakeTables::micros);
            columns.texts(4, a -> a.feed);
            columns.texts(5, a -> a.message.format());
            columns.texts(6, a -> a.message.charset().name());
            columns.texts(7, a -> cut(a.message.keys().sender()));
            columns.texts(8, a -> cut(a.message.keys().receiver()));
            columns.texts(9, a -> cut(a.message.keys().controlId()));
            columns.texts(10, a -> cut(a.message.keys().type()));
            columns.texts(11, a -> cut(a.message.keys().version()));
            columns.texts(12, a -> cut(a.message.keys().patientId()));
            columns.texts(13, a -> cut(a.message.keys().visitId()));
            columns.texts(14, a -> cut(a.message.keys().sentAt()));
            columns.texts(15, a -> a.message.source());
            columns.ints(16, a -> IntakeWriter.stateOf(a).code());
            columns.ints(17, a -> codeOf(a.when));
            columns.longs(18, a -> a.parentId);
            columns.texts(19, a -> a.refused() ? a.issues.get(0).code().code() : null);
            columns.texts(20, IntakeTables::lines);
            columns.ints(21, a -> a.message.raw().length);
            statement.executeUpdate();
        }
    }

    private static String lines(Arrival arrival) {
        List<Issue> issues = arrival.refused() ? arrival.issues : arrival.warnings;
        return issues.isEmpty() ? null : IssueLines.of(issues);
    }

    static int codeOf(AcknowledgeWhen when) {
        return when == AcknowledgeWhen.ACCEPTED ? 2 : 1;
    }

    static AcknowledgeWhen acknowledgeWhen(int code) {
        return code == 2 ? AcknowledgeWhen.ACCEPTED : AcknowledgeWhen.PROCESSED;
    }

    private static long micros(Arrival arrival) {
        var at = arrival.message.receivedAt();
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }

    /** PostgreSQL text has no NUL; a key field with one is kept with the replacement character instead. */
    private static String kept(String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
    }

    /** Key fields are cut to what an index takes; the bytes of the message have them in full. */
    private static String cut(String text) {
        return text.length() <= KEY_LENGTH ? text : text.substring(0, KEY_LENGTH);
    }

    static Long[] longs(List<Arrival> arrivals, ToLongFunction<Arrival> value) {
        Long[] values = new Long[arrivals.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsLong(arrivals.get(i));
        }
        return values;
    }

    /** Sets one array parameter a column. */
    private record Columns(Connection transaction, PreparedStatement statement, List<Arrival> rows) {
        void longs(int index, ToLongFunction<Arrival> value) throws SQLException {
            statement.setArray(index, transaction.createArrayOf("bigint", IntakeTables.longs(rows, value)));
        }

        void ints(int index, java.util.function.ToIntFunction<Arrival> value) throws SQLException {
            Integer[] values = new Integer[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.applyAsInt(rows.get(i));
            }
            statement.setArray(index, transaction.createArrayOf("int4", values));
        }

        void texts(int index, Function<Arrival, String> value) throws SQLException {
            String[] values = new String[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = kept(value.apply(rows.get(i)));
            }
            statement.setArray(index, transaction.createArrayOf("text", values));
        }
    }
}
