package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.internal.Arrival.Identity;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.exchange.AcknowledgeWhen;

/** Says of arrivals which are new: by their identities, which are written in the same transaction as the messages. */
final class Admission {

    private final IntakeTables tables;

    Admission(IntakeTables tables) {
        this.tables = tables;
    }

    /**
     * Judges arrivals that have their numbers.
     *
     * @param taken those that are to be kept as taken: their identities are written
     * @param refused those that are to be kept as refused: they are only compared with what was taken before
     */
    Map<Arrival, Verdict> judge(Connection transaction, List<Arrival> taken, List<Arrival> refused)
            throws SQLException {
        Map<Identity, IntakeTables.First> firsts = new HashMap<>();
        Set<Identity> lost = claim(transaction, taken, firsts);
        for (Arrival arrival : refused) {
            if (arrival.identity != null) {
                lost.add(arrival.identity);
            }
        }
        if (!lost.isEmpty()) {
            tables.firsts(transaction, lost).forEach(first -> firsts.put(first.identity(), first));
        }
        Map<Arrival, Verdict> verdicts = new IdentityHashMap<>();
        for (Arrival arrival : taken) {
            if (lost.contains(arrival.identity)) {
                firsts.putIfAbsent(arrival.identity, IntakeTables.First.GONE);
            }
            verdicts.put(arrival, judge(arrival, firsts));
        }
        refused.forEach(arrival -> verdicts.put(arrival, judge(arrival, firsts)));
        return verdicts;
    }

    /** Writes identities; answers those that were there before this transaction. */
    private Set<Identity> claim(Connection transaction, List<Arrival> taken, Map<Identity, IntakeTables.First> firsts)
            throws SQLException {
        List<Arrival> keyed = new ArrayList<>(taken);
        keyed.removeIf(arrival -> arrival.identity == null);
        Set<Identity> lost = new HashSet<>();
        if (keyed.isEmpty()) {
            return lost;
        }
        // Nodes write keys in the same order, so they wait for each other and do not deadlock; stable, so the first of
        // two equal ones in this batch wins.
        keyed.sort(Comparator.comparing(arrival -> arrival.identity));
        Map<Long, Boolean> won = tables.claim(transaction, keyed);
        Map<Identity, Arrival> winners = new HashMap<>();
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
        return lost;
    }

    /** A counter that began anew must not cost a message; the sender's mistake is noted beside it. */
    private static void warn(Arrival arrival, boolean reused) {
        // A batch that is tried again warns once.
        Issue warning = reused(arrival);
        if (reused && !arrival.warnings.contains(warning)) {
            List<Issue> warnings = new ArrayList<>(arrival.warnings);
            warnings.add(warning);
            arrival.warnings = warnings;
        }
    }

    private static Issue reused(Arrival arrival) {
        return new Issue(
                JournalError.CONTROL_ID_REUSED,
                Severity.WARNING,
                arrival.message.format().startsWith("hl7v2:") ? "MSH-10" : "",
                "found: other content before, expected: a new control id");
    }

    private static Verdict judge(Arrival arrival, Map<Identity, IntakeTables.First> firsts) {
        IntakeTables.First first = arrival.identity == null ? null : firsts.get(arrival.identity);
        if (first == null || first.id() == arrival.id) {
            return new Verdict.Fresh(arrival.id);
        }
        return first == IntakeTables.First.GONE ? new Verdict.Again() : verdictOfFirst(first);
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
}
