package org.tongmai.routes.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Adds to the ledger inside the transaction that is counted. Each committing thread uses a writer name of its own, so
 * that their rows are never in each other's way.
 */
public final class Counters {
    /** Five parameters, set by {@link #bind}. */
    public static final String ADD =
            """
            insert into counter (day, node, writer, metric, value)
            select ?, ?, ?, m, v from unnest(?::text[], ?::bigint[]) as added(m, v)
            on conflict (day, node, writer, metric) do update set value = counter.value + excluded.value""";

    private final String node;

    public Counters(String node) {
        this.node = node;
    }

    /** Adds what is not zero. */
    public void add(Connection transaction, String writer, Map<Metric, Integer> amounts) throws SQLException {
        if (amounts.values().stream().allMatch(amount -> amount == 0)) {
            return;
        }
        try (PreparedStatement statement = transaction.prepareStatement(ADD)) {
            bind(new Target(transaction, statement, 0), writer, amounts);
            statement.executeUpdate();
        }
    }

    /**
     * Where {@link #ADD} stands in a longer text.
     *
     * @param before how many parameters stand before it
     */
    public record Target(Connection transaction, PreparedStatement statement, int before) {}

    /** Sets the parameters of {@link #ADD}. */
    public void bind(Target target, String writer, Map<Metric, Integer> amounts) throws SQLException {
        Map<Metric, Integer> added = new EnumMap<>(Metric.class);
        amounts.forEach((metric, amount) -> {
            if (amount != 0) {
                added.put(metric, amount);
            }
        });
        String[] names = added.keySet().stream().map(Metric::name).toArray(String[]::new);
        Long[] values = added.values().stream().map(Integer::longValue).toArray(Long[]::new);
        PreparedStatement statement = target.statement();
        int at = target.before();
        statement.setObject(++at, Instant.now().atOffset(MessageIds.ZONE).toLocalDate());
        statement.setString(++at, node);
        statement.setString(++at, writer);
        statement.setArray(++at, target.transaction().createArrayOf("text", names));
        statement.setArray(++at, target.transaction().createArrayOf("bigint", values));
    }
}
