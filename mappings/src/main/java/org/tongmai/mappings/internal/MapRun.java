package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/** One map being run over one segment or value, writing one object. */
final class MapRun {
    private final MessageRun message;
    private final GroupRun scope;
    private final Hl7Segment segment;
    private final Hl7Value value;
    private final ObjectNode target;
    private final MapPlan plan;
    private final MapRun parent;
    /** Made at the first: most maps of data types write into no list. */
    private Slot[] slots;

    private Map<Long, Slot> laterSlots;
    private RowPlan row;
    private FieldPath reading;
    private int repetition;
    private Hl7Value repetitionValue;

    private MapRun(
            MessageRun message,
            GroupRun scope,
            Hl7Segment segment,
            Hl7Value value,
            ObjectNode target,
            MapPlan plan,
            MapRun parent) {
        this.message = message;
        this.scope = scope;
        this.segment = segment;
        this.value = value;
        this.target = target;
        this.plan = plan;
        this.parent = parent;
    }

    static MapRun overSegment(MessageRun message, GroupRun scope, Hl7Segment segment, ObjectNode target, MapPlan plan) {
        return new MapRun(message, scope, segment, null, target, plan, null);
    }

    static MapRun overValue(MapRun parent, Hl7Value value, ObjectNode target, MapPlan plan) {
        return new MapRun(parent.message, parent.scope, parent.segment, value, target, plan, parent);
    }

    /** Runs all rows; constants of a data type map are written only beside something read. */
    void execute() {
        boolean inValue = parent != null && !plan.resource();
        for (RowPlan each : plan.rows()) {
            if (inValue && each.from() == null && target.isEmpty()) {
                continue;
            }
            execute(each);
        }
        for (RuleSite site : plan.sites()) {
            site.close(this);
            if (site.whole()) {
                message.forWholes(site);
            }
        }
    }

    private void execute(RowPlan each) {
        row = each;
        reading = each.from();
        repetition = 0;
        repetitionValue = null;
        FieldPath from = each.from();
        if (from == null || each.wholeSegment()) {
            if ((from == null || segment(from.segment()) != null) && each.applies(this)) {
                write(each, null);
            }
            return;
        }
        Hl7Value base = from.base(this);
        boolean written = false;
        int before = message.errorCount();
        if (!base.isEmpty()) {
            written = executeRepetitions(each, from, base);
        }
        repetitionValue = null;
        if (each.required() && !written && message.errorCount() == before && each.applies(this)) {
            issue(MappingError.REQUIRED_MISSING, "expected a value");
        }
    }

    private boolean executeRepetitions(RowPlan each, FieldPath from, Hl7Value base) {
        List<Hl7Value> repetitions = base.repetitions();
        int count = repetitions.size();
        boolean written = false;
        for (int i = 0; i < count; i++) {
            Hl7Value current = repetitions.get(i);
            Hl7Value part = from.part(current);
            if (part.isEmpty()) {
                continue;
            }
            repetition = i;
            repetitionValue = current;
            if (!each.applies(this)) {
                continue;
            }
            if (written && !each.to().keepsRepetitions()) {
                issue(MappingError.REPETITION_IGNORED, "found " + count + " repetitions, kept 1");
                break;
            }
            if (part.isNull()) {
                if (each.to().topLevel() && parent == null) {
                    each.to().delete(target);
                }
                continue;
            }
            written |= write(each, part);
        }
        return written;
    }

    private boolean write(RowPlan each, Hl7Value part) {
        JsonNode node = each.writer().write(this, each, part);
        if (node == null) {
            return false;
        }
        each.to().write(this, repetition, node);
        if (message.tracing()) {
            message.tracer().ran(each);
            if (!each.to().whole()) {
                message.tracer().wrote(this, each.to().written(this, repetition), part, node);
            }
        }
        return true;
    }

    /**
     * The entry of a list that one repetition writes into.
     *
     * @param place where it is in the list
     */
    record Slot(ObjectNode entry, int place) {}

    Slot slot(int number, int index) {
        if (index == 0) {
            return slots == null ? null : slots[number];
        }
        return laterSlots == null ? null : laterSlots.get((long) number << 32 | index);
    }

    void slot(int number, int index, Slot slot) {
        if (index == 0) {
            if (slots == null) {
                slots = new Slot[plan.slots()];
            }
            slots[number] = slot;
            return;
        }
        if (laterSlots == null) {
            laterSlots = new HashMap<>();
        }
        laterSlots.put((long) number << 32 | index, slot);
    }

    /** The repetition in hand when the row in hand reads this very field; otherwise null. */
    Hl7Value repetitionOf(String name, int field) {
        if (repetitionValue == null
                || row.from().field() != field
                || !name.equals(row.from().segment())) {
            return null;
        }
        return repetitionValue;
    }

    /** The segment in hand when it has this name, or the nearest of that name around it; null when there is none. */
    Hl7Segment segment(String name) {
        if (segment != null && segment.is(name)) {
            return segment;
        }
        return scope.segment(name);
    }

    MessageRun message() {
        return message;
    }

    GroupRun scope() {
        return scope;
    }

    Hl7Segment currentSegment() {
        return segment;
    }

    Hl7Value value() {
        return value;
    }

    ObjectNode target() {
        return target;
    }

    /** The row in hand. */
    RowPlan row() {
        return row;
    }

    /** The run whose row runs this one; null over a segment. */
    MapRun parent() {
        return parent;
    }

    MapPlan plan() {
        return plan;
    }

    /** What issues are about from now on. */
    void reading(FieldPath from) {
        reading = from;
        repetition = 0;
        repetitionValue = null;
    }

    /** Whether it was not known yet. */
    boolean issue(ErrorCode code, String detail) {
        return message.add(Issue.of(code, location(), detail));
    }

    /** Whether it was not known yet. */
    boolean warn(ErrorCode code, String detail) {
        return message.add(new Issue(code, Severity.WARNING, location(), detail));
    }

    /** Where the row or rule in hand reads, for example {@code PV1-44}, {@code PID[2]-3[2].4}. */
    String location() {
        FieldPath from = reading;
        if (from == null) {
            return parent != null ? parent.location() : segment == null ? "" : segment.name();
        }
        if (from.relative()) {
            String inner = from.toString();
            return parent == null ? inner : parent.location() + inner;
        }
        Hl7Segment read = segment(from.segment());
        int occurrence = read == null ? 1 : message.occurrence(read);
        StringBuilder out = new StringBuilder(from.segment());
        if (occurrence > 1) {
            out.append('[').append(occurrence).append(']');
        }
        if (from.field() > 0) {
            out.append('-').append(from.field());
        }
        if (repetition > 0) {
            out.append('[').append(repetition + 1).append(']');
        }
        if (from.component() > 0) {
            out.append('.').append(from.component());
        }
        if (from.subcomponent() > 0) {
            out.append('.').append(from.subcomponent());
        }
        return out.toString();
    }
}
