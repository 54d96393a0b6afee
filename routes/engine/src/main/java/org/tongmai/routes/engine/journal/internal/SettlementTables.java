package org.tongmai.routes.engine.journal.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.delivery.DeliveryState;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/** The statements of group commit 2; each writes a whole batch. */
final class SettlementTables {
    // A plan made while a day's partition was empty is kept when it is full: it must be a good one from the start. So
    // nothing is scanned, and the update joins nothing, since a join of an empty table begins with that table.
    static final String PLAN_BY_INDEX = "select set_config('enable_seqscan', 'off', true)";
    private static final String CHANGE =
            """
            update message set settled_at = now(),
              state = (?::int[])[array_position(?::bigint[], id)],
              error_code = (?::text[])[array_position(?::bigint[], id)],
              issues = nullif(concat_ws(E'\\n', issues, (?::text[])[array_position(?::bigint[], id)]), '')
            where id = any(?::bigint[]) and received_on = ? and (state in (1, 2) or (state = 3 and id = any(?::bigint[])))
            returning id, acknowledge_when""";
    private static final String STATES = "select id, state from message where id = any(?) and received_on = ?";
    private static final String FREE_KEYS = "delete from message_key where message_id = any(?)";
    private static final String EVENTS =
            """
            insert into event (message_id, received_on, occurred_at, topic, event, patient_key, resources)
            select id, message_day(id), now(), topic, event, patient_key, resources
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
            as u(id, topic, event, patient_key, resources)""";
    private static final String DELIVERIES =
            """
            insert into delivery (message_id, received_on, destination, patient_key, state)
            select id, message_day(id), destination, patient_key, ?
            from unnest(?::bigint[], ?::text[], ?::text[]) as u(id, destination, patient_key)""";

    void preparePlans(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(PLAN_BY_INDEX);
        }
    }

    /** Changes the state where that is legal; answers what was changed, and when each was or will be acknowledged. */
    Map<Long, AcknowledgeWhen> change(Connection transaction, List<Settlement> settlements) throws SQLException {
        Map<Long, AcknowledgeWhen> changed = new HashMap<>();
        for (Map.Entry<LocalDate, List<Settlement>> day : byDay(settlements).entrySet()) {
            List<Settlement> items = day.getValue();
            try (PreparedStatement statement = transaction.prepareStatement(CHANGE)) {
                Array ids = ids(transaction, items);
                statement.setArray(
                        1, array(transaction, "int4", items, s -> s.target().code()));
                statement.setArray(2, ids);
                statement.setArray(3, array(transaction, "text", items, SettlementTables::code));
                statement.setArray(4, ids);
                statement.setArray(5, array(transaction, "text", items, SettlementTables::lines));
                statement.setArray(6, ids);
                statement.setArray(7, ids);
                statement.setObject(8, day.getKey());
                statement.setArray(9, ids(transaction, parked(items)));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        changed.put(rows.getLong(1), IntakeTables.acknowledgeWhen(rows.getInt(2)));
                    }
                }
            }
        }
        return changed;
    }

    Map<Long, MessageState> states(Connection transaction, List<Settlement> settlements) throws SQLException {
        Map<Long, MessageState> states = new HashMap<>();
        for (Map.Entry<LocalDate, List<Settlement>> day : byDay(settlements).entrySet()) {
            try (PreparedStatement statement = transaction.prepareStatement(STATES)) {
                statement.setArray(1, ids(transaction, day.getValue()));
                statement.setObject(2, day.getKey());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        states.put(rows.getLong(1), MessageState.ofCode(rows.getInt(2)));
                    }
                }
            }
        }
        return states;
    }

    void freeKeys(Connection transaction, List<Settlement> refusals) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(FREE_KEYS)) {
            statement.setArray(1, ids(transaction, refusals));
            statement.executeUpdate();
        }
    }

    void publish(Connection transaction, List<Settlement> stored, List<List<ResourceVersion>> versions)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(EVENTS)) {
            statement.setArray(1, ids(transaction, stored));
            statement.setArray(
                    2, array(transaction, "text", stored, s -> s.bundle().topic()));
            statement.setArray(
                    3, array(transaction, "text", stored, s -> s.bundle().event()));
            statement.setArray(
                    4, array(transaction, "text", stored, s -> s.bundle().patientKey()));
            statement.setArray(5, array(transaction, "text", versions, ResourceList::write));
            statement.executeUpdate();
        }
        List<Wanted> wanted = new ArrayList<>(stored.size());
        for (Settlement settlement : stored) {
            for (String destination : settlement.destinations()) {
                wanted.add(new Wanted(settlement.messageId(), destination, settlement.bundle()));
            }
        }
        if (!wanted.isEmpty()) {
            deliver(transaction, wanted);
        }
    }

    private static void deliver(Connection transaction, List<Wanted> wanted) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(DELIVERIES)) {
            statement.setInt(1, DeliveryState.WAITING.code());
            statement.setArray(2, array(transaction, "int8", wanted, Wanted::messageId));
            statement.setArray(3, array(transaction, "text", wanted, Wanted::destination));
            statement.setArray(
                    4, array(transaction, "text", wanted, w -> w.bundle().patientKey()));
            statement.executeUpdate();
        }
    }

    private static List<Settlement> parked(List<Settlement> items) {
        return items.stream()
                .filter(settlement -> settlement.kind() == Settlement.Kind.PARK)
                .toList();
    }

    private static String code(Settlement settlement) {
        return settlement.issues().isEmpty()
                        || settlement.kind() == Settlement.Kind.PUBLISH
                        || settlement.kind() == Settlement.Kind.COMPLETE
                ? null
                : settlement.issues().get(0).code().code();
    }

    private static String lines(Settlement settlement) {
        return settlement.issues().isEmpty() ? null : IssueLines.of(settlement.issues());
    }

    /** Nearly always one day: at midnight two. */
    private static Map<LocalDate, List<Settlement>> byDay(List<Settlement> settlements) {
        Map<LocalDate, List<Settlement>> days = new HashMap<>(2);
        for (Settlement settlement : settlements) {
            days.computeIfAbsent(MessageIds.dayOf(settlement.messageId()), day -> new ArrayList<>())
                    .add(settlement);
        }
        return days;
    }

    private static Array ids(Connection transaction, List<Settlement> settlements) throws SQLException {
        return array(transaction, "int8", settlements, Settlement::messageId);
    }

    private static <S> Array array(
            Connection transaction, String type, List<S> rows, java.util.function.Function<S, Object> value)
            throws SQLException {
        Object[] values =
                switch (type) {
                    case "int8" -> new Long[rows.size()];
                    case "int4" -> new Integer[rows.size()];
                    default -> new String[rows.size()];
                };
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return transaction.createArrayOf(type, values);
    }

    private record Wanted(long messageId, String destination, CanonicalBundle bundle) {}
}
