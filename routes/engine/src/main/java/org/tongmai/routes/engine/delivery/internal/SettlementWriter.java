package org.tongmai.routes.engine.delivery.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tongmai.routes.engine.commit.BatchWriter;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.delivery.internal.Settlement.Kind;
import org.tongmai.routes.engine.journal.Counters;
import org.tongmai.routes.engine.journal.IssueLines;
import org.tongmai.routes.engine.journal.Metric;

/**
 * Writes what became of deliveries, and of the messages whose last delivery it was, in one transaction. Transactions
 * that settle run one after the other over all nodes (an advisory lock), so that of two destinations that finish the
 * same message at the same time exactly one sees that it was the last.
 */
final class SettlementWriter implements BatchWriter<List<Settlement>, Boolean> {
    private static final String WRITER = "delivery";
    private static final String WHERE = " where destination = ? and received_on = ? and message_id = any(?)";
    private static final String OPEN = WHERE + " and state in (1, 2)";
    /** A delivery is in one batch at a time. Written again, when nobody knows whether it was, it changes nothing. */
    private static final String BEGIN =
            """
            with former as (
              delete from delivery_batch where destination = ? and message_ids && ?::bigint[] and id <> ?)
            insert into delivery_batch (id, destination, message_ids) values (?, ?, ?) on conflict (id) do nothing""";

    private static final String END = "delete from delivery_batch where id = any(?)";
    private static final String RETRY =
            "update delivery set state = 1, attempts = attempts + 1, next_attempt_at = ?, cause_code = ?, cause = ?"
                    + OPEN;
    private static final String DELIVER =
            "update delivery set state = 3, attempts = attempts + 1, next_attempt_at = null, settled_at = now()" + OPEN;
    /** Few deliveries have any: those that have none cost nothing. */
    private static final String TELL = "update delivery set issues = ?" + WHERE + " and state = 3";

    private static final String PARK = "update delivery set state = 4, attempts = attempts + 1, next_attempt_at = null,"
            + " settled_at = now(), cause_code = ?, cause = ?" + OPEN;
    private static final String PARK_MESSAGE =
            "update message set state = 6, error_code = ? where received_on = ? and id = any(?) and state = 3";

    private final Counters counters;

    SettlementWriter(String node) {
        this.counters = new Counters(node);
    }

    @Override
    public List<Boolean> write(Connection transaction, List<List<Settlement>> items) throws SQLException {
        Map<String, List<DeliveryRow>> delivered = new TreeMap<>();
        Set<Long> ended = new TreeSet<>();
        List<Settlement> others = new ArrayList<>();
        List<Settlement> told = new ArrayList<>();
        for (List<Settlement> item : items) {
            for (Settlement each : item) {
                if (each.endsBatch()) {
                    ended.add(each.batchId());
                }
                if (each.kind() == Kind.DELIVERED) {
                    delivered
                            .computeIfAbsent(each.destination(), any -> new ArrayList<>())
                            .addAll(each.rows());
                    if (!each.told().isEmpty()) {
                        told.add(each);
                    }
                } else {
                    others.add(each);
                }
            }
        }
        if (!delivered.isEmpty() || others.stream().anyMatch(each -> each.kind() == Kind.PARKED)) {
            AdvisoryLock.MESSAGE_STATES.take(transaction);
        }
        for (Settlement each : others) {
            write(transaction, each);
        }
        for (Map.Entry<String, List<DeliveryRow>> entry : delivered.entrySet()) {
            deliver(transaction, entry.getKey(), entry.getValue());
        }
        for (Settlement each : told) {
            tell(transaction, each);
        }
        end(transaction, ended);
        finish(transaction, delivered);
        return Collections.nCopies(items.size(), Boolean.TRUE);
    }

    private static void begin(Connection transaction, Settlement settlement) throws SQLException {
        Array ids = transaction.createArrayOf(
                "bigint", settlement.rows().stream().map(DeliveryRow::messageId).toArray());
        try (PreparedStatement statement = transaction.prepareStatement(BEGIN)) {
            statement.setString(1, settlement.destination());
            statement.setArray(2, ids);
            statement.setLong(3, settlement.batchId());
            statement.setLong(4, settlement.batchId());
            statement.setString(5, settlement.destination());
            statement.setArray(6, ids);
            statement.executeUpdate();
        }
    }

    private static void end(Connection transaction, Set<Long> batches) throws SQLException {
        if (batches.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = transaction.prepareStatement(END)) {
            statement.setArray(1, transaction.createArrayOf("bigint", batches.toArray()));
            statement.executeUpdate();
        }
    }

    private static void write(Connection transaction, Settlement settlement) throws SQLException {
        if (settlement.kind() == Kind.BEGUN) {
            begin(transaction, settlement);
            return;
        }
        for (Map.Entry<LocalDate, long[]> day : byDay(settlement.rows()).entrySet()) {
            switch (settlement.kind()) {
                case RETRIED ->
                    update(
                            transaction,
                            RETRY,
                            settlement,
                            day,
                            settlement.nextAttempt().atOffset(ZoneOffset.UTC),
                            settlement.failure().code(),
                            settlement.failure().cause());
                case PARKED -> park(transaction, settlement, day);
                default -> throw new IllegalStateException("kind: " + settlement.kind());
            }
        }
    }

    private static void park(Connection transaction, Settlement settlement, Map.Entry<LocalDate, long[]> day)
            throws SQLException {
        Failure failure = settlement.failure();
        update(transaction, PARK, settlement, day, failure.code(), failure.cause());
        try (PreparedStatement statement = transaction.prepareStatement(PARK_MESSAGE)) {
            statement.setString(1, failure.code());
            statement.setObject(2, day.getKey());
            statement.setArray(3, MessageStates.array(transaction, day.getValue()));
            statement.executeUpdate();
        }
    }

    private static void deliver(Connection transaction, String destination, List<DeliveryRow> rows)
            throws SQLException {
        Settlement all = Settlement.delivered(destination, new Batch(0, rows), List.of());
        for (Map.Entry<LocalDate, long[]> day : byDay(rows).entrySet()) {
            update(transaction, DELIVER, all, day);
        }
    }

    private static void tell(Connection transaction, Settlement delivered) throws SQLException {
        for (Map.Entry<LocalDate, long[]> day : byDay(delivered.rows()).entrySet()) {
            update(transaction, TELL, delivered, day, IssueLines.of(delivered.told()));
        }
    }

    private static void update(
            Connection transaction, String sql, Settlement of, Map.Entry<LocalDate, long[]> day, Object... values)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            int index = 1;
            for (Object value : values) {
                statement.setObject(index++, value);
            }
            statement.setString(index++, of.destination());
            statement.setObject(index++, day.getKey());
            statement.setArray(index, MessageStates.array(transaction, day.getValue()));
            statement.executeUpdate();
        }
    }

    /** Marks messages whose deliveries are all settled positively, and counts them. */
    private void finish(Connection transaction, Map<String, List<DeliveryRow>> delivered) throws SQLException {
        List<DeliveryRow> rows =
                delivered.values().stream().flatMap(List::stream).toList();
        int finished = 0;
        for (Map.Entry<LocalDate, long[]> day : byDay(rows).entrySet()) {
            finished += MessageStates.finish(transaction, day.getKey(), day.getValue());
        }
        counters.add(transaction, WRITER, Map.of(Metric.DELIVERED, finished));
    }

    private static Map<LocalDate, long[]> byDay(List<DeliveryRow> rows) {
        Map<LocalDate, TreeSet<Long>> days = new TreeMap<>();
        rows.forEach(
                row -> days.computeIfAbsent(row.day(), any -> new TreeSet<>()).add(row.messageId()));
        Map<LocalDate, long[]> arrays = new TreeMap<>();
        days.forEach((day, ids) ->
                arrays.put(day, ids.stream().mapToLong(Long::longValue).toArray()));
        return arrays;
    }
}
