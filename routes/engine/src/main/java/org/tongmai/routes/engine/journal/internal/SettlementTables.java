package org.tongmai.routes.engine.journal.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.delivery.DeliveryState;
import org.tongmai.routes.engine.journal.Counters;
import org.tongmai.routes.engine.journal.IssueLines;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.Metric;
import org.tongmai.routes.engine.journal.OrderingKeys;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/**
 * The statements of the settling group commit; each writes a whole batch. A plan made while a day's partition was empty is
 * kept when it is full, so it must be a good one from the start: the update joins nothing, since a join of an empty
 * table begins with that table.
 */
final class SettlementTables {
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
            insert into event (message_id, received_on, occurred_at, topic, event, patient_key, resources, maps)
            select id, message_day(id), now(), topic, event, patient_key, resources, nullif(maps, '')
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            as u(id, topic, event, patient_key, resources, maps)""";
    private static final String DELIVERIES =
            """
            insert into delivery (message_id, received_on, destination, patient_key, state)
            select id, message_day(id), destination, patient_key, ?
            from unnest(?::bigint[], ?::text[], ?::text[]) as u(id, destination, patient_key)""";

    private static final String WRITE = String.join(";", IntakeTables.INSERT, EVENTS, DELIVERIES, Counters.ADD);
    private static final String WRITER = "settlement";

    private final IntakeTables intake;
    private final Counters counters;

    SettlementTables(IntakeTables intake, Counters counters) {
        this.intake = intake;
        this.counters = counters;
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

    /**
     * What a batch writes beside canonical data.
     *
     * @param arrivals messages that were not in the journal
     * @param stored what goes out, each with the versions in the same place of {@code versions}
     * @param counts for the ledger
     */
    record Written(
            List<IntakeTables.Row> arrivals,
            List<Settlement> stored,
            List<List<ResourceVersion>> versions,
            Map<Metric, Integer> counts) {}

    /** Writes all of it in one round trip; what is empty costs next to nothing. */
    void write(Connection transaction, Written written) throws SQLException {
        List<Wanted> wanted = new ArrayList<>(written.stored().size());
        for (Settlement settlement : written.stored()) {
            String patientKey = OrderingKeys.join(settlement.bundle().orderingKeys());
            for (String destination : settlement.destinations()) {
                wanted.add(new Wanted(settlement.messageId(), destination, patientKey));
            }
        }
        try (PreparedStatement statement = transaction.prepareStatement(WRITE)) {
            intake.bind(transaction, statement, written.arrivals());
            int at = IntakeTables.INSERT_PARAMETERS;
            List<Settlement> stored = written.stored();
            statement.setArray(++at, ids(transaction, stored));
            statement.setArray(
                    ++at, array(transaction, "text", stored, s -> s.bundle().topic()));
            statement.setArray(
                    ++at, array(transaction, "text", stored, s -> s.bundle().event()));
            statement.setArray(
                    ++at, array(transaction, "text", stored, s -> s.bundle().patientKey()));
            statement.setArray(++at, array(transaction, "text", written.versions(), ResourceList::write));
            statement.setArray(++at, array(transaction, "text", stored, s -> s.publication()
                    .maps()));
            statement.setInt(++at, DeliveryState.WAITING.code());
            statement.setArray(++at, array(transaction, "int8", wanted, Wanted::messageId));
            statement.setArray(++at, array(transaction, "text", wanted, Wanted::destination));
            statement.setArray(++at, array(transaction, "text", wanted, Wanted::patientKey));
            counters.bind(new Counters.Target(transaction, statement, at), WRITER, written.counts());
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

    private record Wanted(long messageId, String destination, String patientKey) {}
}
