package org.tongmai.routes.engine.journal.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;

/**
 * A query as SQL. Times narrow the partitions and, as numbers grow with time, also the numbers; the cursor does the
 * same, so that a page never looks at days newer than its own.
 */
record MessageSearch(String sql, List<Object> values) {
    /** What the column {@code attention} and its indexes know of. */
    private static final Set<MessageState> ATTENTION =
            EnumSet.of(MessageState.RECEIVED, MessageState.PROCESSING, MessageState.REFUSED, MessageState.PARKED);

    static final String COLUMNS =
            """
            select id, received_at, feed, format, charset, sender, receiver, control_id, type, version, patient_id,
              visit_id, sent_at, source, state, attempts, parent_id, error_code, issues, raw_length, settled_at
            from message""";

    static MessageSearch of(MessageQuery query) {
        Terms terms = new Terms();
        patient(query.patient(), terms);
        if (given(query.controlId())) {
            terms.add("control_id = ?", query.controlId());
        }
        type(query.type(), terms);
        if (given(query.sender())) {
            terms.add("sender = ?", query.sender());
        }
        if (given(query.feed())) {
            terms.add("feed = ?", query.feed());
        }
        if (!query.states().isEmpty()) {
            Integer[] codes =
                    query.states().stream().map(MessageState::code).sorted().toArray(Integer[]::new);
            terms.add(ATTENTION.containsAll(query.states()) ? "attention = any(?)" : "state = any(?)", (Object) codes);
        }
        times(query, terms);
        String where = terms.conditions.isEmpty() ? "" : " where " + String.join(" and ", terms.conditions);
        return new MessageSearch(COLUMNS + where + " order by id desc limit " + query.limit(), terms.values);
    }

    /** Without an assigner every assigner is meant: {@code value} and {@code value^…}, a range of the index. */
    private static void patient(String patient, Terms terms) {
        if (!given(patient)) {
            return;
        }
        if (patient.indexOf('^') >= 0) {
            terms.add("patient_id = ?", patient);
        } else {
            // '_' is the character after '^'.
            terms.add(
                    "(patient_id = ? or (patient_id >= ? and patient_id < ?))", patient, patient + "^", patient + "_");
        }
    }

    private static void type(String type, Terms terms) {
        if (!given(type)) {
            return;
        }
        if (type.indexOf('^') >= 0) {
            terms.add("type = ?", type);
        } else {
            terms.add("(type = ? or (type >= ? and type < ?))", type, type + "^", type + "_");
        }
    }

    private static void times(MessageQuery query, Terms terms) {
        // A message is numbered after its last byte arrived, and not by the same clock tick.
        Instant from = query.from();
        if (from != null) {
            terms.add("received_at >= ?", from.atOffset(MessageIds.ZONE));
            terms.add("received_on >= ?", MessageIds.dayOf(MessageIds.firstOf(from)));
            terms.add("id >= ?", MessageIds.firstOf(from));
        }
        Instant to = query.to();
        if (to != null) {
            terms.add("received_at < ?", to.atOffset(MessageIds.ZONE));
            terms.add(
                    "received_on <= ?", MessageIds.dayOf(MessageIds.firstOf(to)).plusDays(1));
        }
        if (query.before() > 0) {
            terms.add("id < ?", query.before());
            terms.add("received_on <= ?", MessageIds.dayOf(query.before()));
        }
    }

    private static boolean given(String text) {
        return text != null && !text.isEmpty();
    }

    private static final class Terms {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void add(String condition, Object... parameters) {
            conditions.add(condition);
            values.addAll(List.of(parameters));
        }
    }
}
