package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.commit.BatchWriter;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.journal.Counters;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.Metric;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.routes.engine.journal.internal.Settlement.Kind;
import org.tongmai.routes.engine.journal.internal.Settlement.Settled;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/**
 * The settling group commit: the message where the journal does not have it yet, canonical data, outbox, deliveries, the
 * message's state and the ledger in one transaction.
 */
final class SettlementWriter implements BatchWriter<Settlement, Settled> {
    private final CanonicalStore store;
    private final DayPartitions partitions;
    private final Admission admission;
    private final SettlementTables tables;
    private final Orphans orphans;

    SettlementWriter(CanonicalStore store, DayPartitions partitions, String node, Orphans orphans) {
        this.orphans = orphans;
        this.store = store;
        this.partitions = partitions;
        IntakeTables intake = new IntakeTables(node);
        this.admission = new Admission(intake);
        this.tables = new SettlementTables(intake, new Counters(node));
    }

    @Override
    public List<Settled> write(Connection transaction, List<Settlement> settlements) throws SQLException {
        requireTurn(settlements);
        Map<Long, Settlement> firsts = firstOfEach(settlements);
        Map<Settlement, Settled> answers = new IdentityHashMap<>();
        Map<Metric, Integer> counts = new EnumMap<>(Metric.class);
        admit(
                transaction,
                firsts.values().stream().filter(s -> s.arrival() != null).toList(),
                answers);
        change(
                transaction,
                firsts.values().stream().filter(s -> s.arrival() == null).toList(),
                answers,
                counts);
        List<Settlement> done = firsts.values().stream()
                .filter(settlement -> answers.get(settlement).changed())
                .toList();
        List<Settlement> published = ofKind(done, Kind.PUBLISH);
        List<List<ResourceVersion>> versions = published.isEmpty()
                ? List.of()
                : store.upsert(
                        transaction,
                        published.stream().map(Settlement::prepared).toList());
        List<IntakeTables.Row> arrivals = new ArrayList<>(done.size());
        for (Settlement settlement : done) {
            count(settlement, counts);
            if (settlement.arrival() != null) {
                arrivals.add(row(settlement));
            }
        }
        answers.values().forEach(answer -> {
            if (answer.repeats() instanceof Verdict.Seen) {
                counts.merge(Metric.DUPLICATES, 1, Integer::sum);
            }
        });
        tables.write(transaction, new SettlementTables.Written(arrivals, published, versions, counts));
        return settlements.stream().map(each -> answer(each, firsts, answers)).toList();
    }

    /** What an earlier message of the same patient must come before fails alone: the batch is halved until it is. */
    private void requireTurn(List<Settlement> settlements) {
        for (Settlement settlement : settlements) {
            if (settlement.kind() == Kind.PUBLISH && orphans.mustWait(settlement.messageId())) {
                throw new CodedException(Issue.of(
                        JournalError.UNAVAILABLE, "", "found: an earlier message of the patient that is not settled"));
            }
        }
    }

    @Override
    public void failed(List<Settlement> settlements, CodedException failure) {
        if (failure.retryable()) {
            settlements.stream()
                    .filter(settlement -> settlement.arrival() == null)
                    .forEach(settlement -> orphans.unsettled(settlement.messageId()));
        }
    }

    /** Finds out which of the messages that the journal does not have are new. */
    private void admit(Connection transaction, List<Settlement> fresh, Map<Settlement, Settled> answers)
            throws SQLException {
        List<Settlement> refused = ofKind(fresh, Kind.REFUSE);
        // After a commit of which it is not known whether it was done, a refusal may find the message stored.
        Map<Long, MessageState> states = refused.isEmpty() ? Map.of() : tables.states(transaction, refused);
        for (Settlement settlement : fresh) {
            partitions.ensure(MessageIds.dayOf(settlement.messageId()));
        }
        Map<Arrival, Verdict> verdicts = admission.judge(
                transaction,
                fresh.stream()
                        .filter(s -> s.kind() != Kind.REFUSE)
                        .map(Settlement::arrival)
                        .toList(),
                refused.stream().map(Settlement::arrival).toList());
        for (Settlement settlement : fresh) {
            Verdict verdict = verdicts.get(settlement.arrival());
            MessageState state = states.get(settlement.messageId());
            if (state != null) {
                answers.put(settlement, new Settled(state, false, null));
            } else if (verdict instanceof Verdict.Fresh
                    || settlement.kind() == Kind.REFUSE && !(verdict instanceof Verdict.Seen)) {
                answers.put(settlement, new Settled(settlement.target(), true, null));
            } else {
                answers.put(settlement, new Settled(null, false, verdict));
            }
        }
    }

    /** Changes the state of messages that the journal has, where that is legal. */
    private void change(
            Connection transaction,
            List<Settlement> known,
            Map<Settlement, Settled> answers,
            Map<Metric, Integer> counts)
            throws SQLException {
        if (known.isEmpty()) {
            return;
        }
        Map<Long, AcknowledgeWhen> changed = tables.change(transaction, known);
        List<Settlement> others = known.stream()
                .filter(settlement -> !changed.containsKey(settlement.messageId()))
                .toList();
        Map<Long, MessageState> states = others.isEmpty() ? Map.of() : tables.states(transaction, others);
        List<Settlement> refused = new ArrayList<>();
        for (Settlement settlement : known) {
            AcknowledgeWhen when = changed.get(settlement.messageId());
            answers.put(
                    settlement,
                    when == null
                            ? new Settled(states.get(settlement.messageId()), false, null)
                            : new Settled(settlement.target(), true, null));
            if (when != null && settlement.kind() == Kind.REFUSE) {
                refused.add(settlement);
            } else if (when == AcknowledgeWhen.PROCESSED && settlement.kind() != Kind.PARK) {
                counts.merge(Metric.ACCEPTED, 1, Integer::sum);
            }
        }
        if (!refused.isEmpty()) {
            tables.freeKeys(transaction, refused);
        }
    }

    private static IntakeTables.Row row(Settlement settlement) {
        boolean refused = settlement.kind() == Kind.REFUSE;
        List<Issue> issues = settlement.issues();
        return IntakeTables.Row.of(
                settlement.arrival(), settlement.target(), refused ? issues : List.of(), refused ? List.of() : issues);
    }

    /** One message is settled once; a second settlement in the same batch finds it settled. */
    private static Map<Long, Settlement> firstOfEach(List<Settlement> settlements) {
        Map<Long, Settlement> firsts = new LinkedHashMap<>(settlements.size() * 2);
        settlements.forEach(settlement -> firsts.putIfAbsent(settlement.messageId(), settlement));
        return firsts;
    }

    private static Settled answer(
            Settlement settlement, Map<Long, Settlement> firsts, Map<Settlement, Settled> answers) {
        Settlement first = firsts.get(settlement.messageId());
        Settled answer = answers.get(first);
        return first == settlement ? answer : new Settled(answer.state(), false, answer.repeats());
    }

    private static List<Settlement> ofKind(List<Settlement> settlements, Kind kind) {
        return settlements.stream()
                .filter(settlement -> settlement.kind() == kind)
                .toList();
    }

    private static void count(Settlement settlement, Map<Metric, Integer> counts) {
        if (settlement.arrival() != null) {
            counts.merge(Metric.RECEIVED, 1, Integer::sum);
        }
        switch (settlement.kind()) {
            case PUBLISH, COMPLETE -> {
                counts.merge(Metric.STORED, 1, Integer::sum);
                if (settlement.arrival() != null) {
                    counts.merge(Metric.ACCEPTED, 1, Integer::sum);
                }
                if (settlement.target() == MessageState.DELIVERED) {
                    counts.merge(Metric.DELIVERED, 1, Integer::sum);
                }
            }
            case REFUSE -> counts.merge(Metric.REFUSED, 1, Integer::sum);
            case PARK -> {
                // Parked messages are counted where they are: a person may free them again.
            }
        }
    }
}
