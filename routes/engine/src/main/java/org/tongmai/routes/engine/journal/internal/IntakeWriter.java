package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tongmai.routes.engine.commit.BatchWriter;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.journal.Counters;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.Metric;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/**
 * Makes messages durable before they are processed: those that are answered when accepted, those that can not be read,
 * and repetitions.
 */
final class IntakeWriter implements BatchWriter<Arrival, Verdict> {
    private static final String WRITER = "intake";

    private final MessageIds ids;
    private final DayPartitions partitions;
    private final IntakeTables tables;
    private final Admission admission;
    private final Counters counters;
    private final Consumer<Arrival> numbered;

    /** @param numbered is told the number of every message that will be processed, before it is durable */
    IntakeWriter(MessageIds ids, DayPartitions partitions, String node, Consumer<Arrival> numbered) {
        this.ids = ids;
        this.partitions = partitions;
        this.tables = new IntakeTables(node);
        this.admission = new Admission(tables);
        this.counters = new Counters(node);
        this.numbered = numbered;
    }

    @Override
    public List<Verdict> write(Connection transaction, List<Arrival> arrivals) throws SQLException {
        List<Arrival> readable = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            // A batch that is tried again keeps its numbers.
            arrival.id = arrival.id == 0 ? ids.next() : arrival.id;
            partitions.ensure(MessageIds.dayOf(arrival.id));
            if (!arrival.refused()) {
                readable.add(arrival);
            }
        }
        Map<Arrival, Verdict> judged = admission.judge(transaction, readable, List.of());
        List<Verdict> verdicts = new ArrayList<>(arrivals.size());
        List<IntakeTables.Row> durable = new ArrayList<>(arrivals.size());
        Map<Metric, Integer> counts = new EnumMap<>(Metric.class);
        for (Arrival arrival : arrivals) {
            Verdict verdict = arrival.refused() ? new Verdict.Refused(arrival.id, arrival.issues) : judged.get(arrival);
            verdicts.add(verdict);
            count(arrival, verdict, counts);
            if (verdict instanceof Verdict.Fresh || verdict instanceof Verdict.Refused) {
                durable.add(IntakeTables.Row.of(arrival, stateOf(arrival), arrival.issues, List.of()));
            }
            if (verdict instanceof Verdict.Fresh) {
                numbered.accept(arrival);
            }
        }
        if (!durable.isEmpty()) {
            tables.insert(transaction, durable);
        }
        counters.add(transaction, WRITER, counts);
        return verdicts;
    }

    private static void count(Arrival arrival, Verdict verdict, Map<Metric, Integer> counts) {
        if (verdict instanceof Verdict.Fresh) {
            counts.merge(Metric.RECEIVED, 1, Integer::sum);
            if (arrival.when == AcknowledgeWhen.ACCEPTED) {
                counts.merge(Metric.ACCEPTED, 1, Integer::sum);
            }
        } else if (verdict instanceof Verdict.Refused) {
            counts.merge(Metric.RECEIVED, 1, Integer::sum);
            counts.merge(Metric.REFUSED, 1, Integer::sum);
        } else if (verdict instanceof Verdict.Seen) {
            counts.merge(Metric.DUPLICATES, 1, Integer::sum);
        }
    }

    private static MessageState stateOf(Arrival arrival) {
        if (arrival.refused()) {
            return MessageState.REFUSED;
        }
        return arrival.when == AcknowledgeWhen.ACCEPTED ? MessageState.RECEIVED : MessageState.PROCESSING;
    }
}
