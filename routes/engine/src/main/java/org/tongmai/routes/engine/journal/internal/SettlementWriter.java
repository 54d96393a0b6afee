package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.commit.BatchWriter;
import org.tongmai.routes.engine.journal.Counters;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.Metric;
import org.tongmai.routes.engine.journal.internal.Settlement.Settled;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/** Group commit 2: canonical data, outbox, deliveries, the message's state and the ledger in one transaction. */
final class SettlementWriter implements BatchWriter<Settlement, Settled> {
    private static final String WRITER = "settlement";

    private final CanonicalStore store;
    private final Counters counters;
    private final SettlementTables tables = new SettlementTables();

    SettlementWriter(CanonicalStore store, String node) {
        this.store = store;
        this.counters = new Counters(node);
    }

    @Override
    public List<Settled> write(Connection transaction, List<Settlement> settlements) throws SQLException {
        tables.preparePlans(transaction);
        List<Settlement> firsts = firstOfEach(settlements);
        Map<Long, AcknowledgeWhen> changed = tables.change(transaction, firsts);
        List<Settlement> done = new ArrayList<>(firsts.size());
        for (Settlement settlement : firsts) {
            if (changed.containsKey(settlement.messageId())) {
                done.add(settlement);
            }
        }
        publish(transaction, ofKind(done, Settlement.Kind.PUBLISH));
        List<Settlement> refused = ofKind(done, Settlement.Kind.REFUSE);
        if (!refused.isEmpty()) {
            tables.freeKeys(transaction, refused);
        }
        counters.add(transaction, WRITER, counts(done, changed));
        return answers(transaction, settlements, done);
    }

    private void publish(Connection transaction, List<Settlement> published) throws SQLException {
        if (published.isEmpty()) {
            return;
        }
        List<CanonicalBundle> bundles = new ArrayList<>(published.size());
        published.forEach(settlement -> bundles.add(settlement.bundle()));
        List<List<ResourceVersion>> versions = store.upsert(transaction, bundles);
        tables.publish(transaction, published, versions);
    }

    private List<Settled> answers(Connection transaction, List<Settlement> settlements, List<Settlement> done)
            throws SQLException {
        Map<Settlement, Boolean> own = new java.util.IdentityHashMap<>();
        done.forEach(settlement -> own.put(settlement, true));
        List<Settlement> others = new ArrayList<>();
        for (Settlement settlement : settlements) {
            if (!own.containsKey(settlement)) {
                others.add(settlement);
            }
        }
        Map<Long, MessageState> states = others.isEmpty() ? Map.of() : tables.states(transaction, others);
        List<Settled> answers = new ArrayList<>(settlements.size());
        for (Settlement settlement : settlements) {
            answers.add(
                    own.containsKey(settlement)
                            ? new Settled(settlement.target(), true)
                            : new Settled(states.get(settlement.messageId()), false));
        }
        return answers;
    }

    /** One message is settled once; a second settlement in the same batch finds it settled. */
    private static List<Settlement> firstOfEach(List<Settlement> settlements) {
        Map<Long, Settlement> firsts = new LinkedHashMap<>(settlements.size() * 2);
        settlements.forEach(settlement -> firsts.putIfAbsent(settlement.messageId(), settlement));
        return new ArrayList<>(firsts.values());
    }

    private static List<Settlement> ofKind(List<Settlement> settlements, Settlement.Kind kind) {
        return settlements.stream()
                .filter(settlement -> settlement.kind() == kind)
                .toList();
    }

    private static Map<Metric, Integer> counts(List<Settlement> done, Map<Long, AcknowledgeWhen> acknowledged) {
        Map<Metric, Integer> counts = new EnumMap<>(Metric.class);
        for (Settlement settlement : done) {
            switch (settlement.kind()) {
                case PUBLISH, COMPLETE -> {
                    counts.merge(Metric.STORED, 1, Integer::sum);
                    if (acknowledged.get(settlement.messageId()) == AcknowledgeWhen.PROCESSED) {
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
        return counts;
    }
}
