package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tongmai.routes.engine.commit.BatchWriter;
import org.tongmai.routes.engine.journal.Counters;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.Metric;
import org.tongmai.routes.engine.journal.internal.Arrival.Identity;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/** Group commit 1: makes messages durable, once each. */
final class IntakeWriter implements BatchWriter<Arrival, Verdict> {
    private static final String WRITER = "intake";
    private static final Issue REUSED = new Issue(
            JournalError.CONTROL_ID_REUSED,
            Severity.WARNING,
            "MSH-10",
            "found: other content before, expected: a new control id");

    private final MessageIds ids;
    private final PartitionKeeper partitions;
    private final IntakeTables tables;
    private final Counters counters;
    private final Consumer<Arrival> numbered;

    /** @param numbered is told the number of every message that will be processed, before it is durable */
    IntakeWriter(MessageIds ids, PartitionKeeper partitions, String node, Consumer<Arrival> numbered) {
        this.ids = ids;
        this.partitions = partitions;
        this.tables = new IntakeTables(node);
        this.counters = new Counters(node);
        this.numbered = numbered;
    }

    @Override
    public List<Verdict> write(Connection transaction, List<Arrival> arrivals) throws SQLException {
        for (Arrival arrival : arrivals) {
            // A batch that is tried again keeps its numbers.
            arrival.id = arrival.id == 0 ? ids.next() : arrival.id;
            partitions.ensure(MessageIds.dayOf(arrival.id));
        }
        Map<Identity, IntakeTables.First> firsts = claimKeys(transaction, arrivals);
        List<Verdict> verdicts = new ArrayList<>(arrivals.size());
        List<Arrival> durable = new ArrayList<>(arrivals.size());
        EnumMap<Metric, Integer> counts = new EnumMap<>(Metric.class);
        for (Arrival arrival : arrivals) {
            Verdict verdict = judge(arrival, firsts);
            verdicts.add(verdict);
            count(arrival, verdict, counts);
            if (verdict instanceof Verdict.Fresh || verdict instanceof Verdict.Refused) {
                durable.add(arrival);
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

    /** Writes the keys of all; answers who came first for those that were there already. */
    private Map<Identity, IntakeTables.First> claimKeys(Connection transaction, List<Arrival> arrivals)
            throws SQLException {
        List<Arrival> keyed = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            if (arrival.identity != null && !arrival.refused()) {
                keyed.add(arrival);
            }
        }
        if (keyed.isEmpty()) {
            return Map.of();
        }
        // Nodes write keys in the same order, so they wait for each other and do not deadlock; stable, so the first of
        // two equal ones in this batch wins.
        keyed.sort(Comparator.comparing(arrival -> arrival.identity));
        Map<Long, Boolean> won = tables.claim(transaction, keyed);
        Map<Identity, IntakeTables.First> firsts = new HashMap<>();
        Map<Identity, Arrival> winners = new HashMap<>();
        List<Identity> lost = new ArrayList<>();
        for (Arrival arrival : keyed) {
            if (won.containsKey(arrival.id)) {
                winners.put(arrival.identity, arrival);
                warn(arrival, won.get(arrival.id));
            } else if (winners.containsKey(arrival.identity)) {
                firsts.put(arrival.identity, tables.firstOf(winners.get(arrival.identity)));
            } else {
                lost.add(arrival.identity);
            }
        }
        if (!lost.isEmpty()) {
            tables.firsts(transaction, lost).forEach(first -> firsts.put(first.identity(), first));
            lost.forEach(identity -> firsts.putIfAbsent(identity, IntakeTables.First.GONE));
        }
        return firsts;
    }

    /** A counter that began anew must not cost a message; the sender's mistake is noted beside it. */
    private static void warn(Arrival arrival, boolean reused) {
        // A batch that is tried again warns once.
        if (reused && !arrival.warnings.contains(REUSED)) {
            List<Issue> warnings = new ArrayList<>(arrival.warnings);
            warnings.add(REUSED);
            arrival.warnings = warnings;
        }
    }

    private static Verdict judge(Arrival arrival, Map<Identity, IntakeTables.First> firsts) {
        if (arrival.refused()) {
            return new Verdict.Refused(arrival.id, arrival.issues);
        }
        IntakeTables.First first = arrival.identity == null ? null : firsts.get(arrival.identity);
        if (first == null || first.id() == arrival.id) {
            return new Verdict.Fresh(arrival.id);
        }
        if (first == IntakeTables.First.GONE) {
            return new Verdict.Again();
        }
        return verdictOfFirst(first);
    }

    private static Verdict verdictOfFirst(IntakeTables.First first) {
        if (first.when() == AcknowledgeWhen.ACCEPTED || first.state() == null) {
            return new Verdict.Seen(first.id());
        }
        return switch (first.state()) {
            case RECEIVED, PROCESSING -> new Verdict.UnderWay(first.id(), first.node());
            case STORED, DELIVERED -> new Verdict.Seen(first.id());
            case REFUSED -> new Verdict.Again();
            case PARKED -> first.stored() ? new Verdict.Seen(first.id()) : new Verdict.GivenUp(first.id());
        };
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

    static MessageState stateOf(Arrival arrival) {
        if (arrival.refused()) {
            return MessageState.REFUSED;
        }
        return arrival.when == AcknowledgeWhen.ACCEPTED ? MessageState.RECEIVED : MessageState.PROCESSING;
    }
}
