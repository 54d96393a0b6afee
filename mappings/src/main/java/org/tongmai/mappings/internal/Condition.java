package org.tongmai.mappings.internal;

import java.util.List;
import java.util.Set;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/** One closed condition of {@code when}. */
record Condition(Kind kind, List<FieldPath> fields, Set<String> values) {
    static final Set<String> KINDS = Set.of(
            "valued",
            "any-valued",
            "empty",
            "equals",
            "differs",
            "event",
            "not-event",
            "repeats",
            "single",
            "numeric",
            "not-numeric",
            "time",
            "not-time",
            "before",
            "not-before",
            "longer",
            MapCompiler.EXTENT);

    enum Kind {
        VALUED,
        ANY_VALUED,
        EMPTY,
        EQUALS,
        DIFFERS,
        EVENT,
        NOT_EVENT,
        REPEATS,
        SINGLE,
        NUMERIC,
        NOT_NUMERIC,
        TIME,
        NOT_TIME,
        BEFORE,
        NOT_BEFORE,
        LONGER
    }

    /** Kinds that compare a field with the values after it. */
    static final Set<Kind> COMPARING = Set.of(Kind.EQUALS, Kind.DIFFERS, Kind.LONGER);

    boolean holds(MapRun run) {
        return switch (kind) {
            case EVENT -> values.contains(run.message().trigger());
            case NOT_EVENT -> !values.contains(run.message().trigger());
            case VALUED -> count(run) == fields.size();
            case ANY_VALUED -> count(run) > 0;
            case EMPTY -> count(run) == 0;
            case EQUALS -> values.contains(first(run).text());
            case DIFFERS -> !values.contains(first(run).text());
            case REPEATS -> fields.get(0).field(run).repetitionCount() > 1;
            case SINGLE -> fields.get(0).field(run).repetitionCount() <= 1;
            case NUMERIC -> Numbers.isDecimal(first(run).text());
            case NOT_NUMERIC -> !Numbers.isDecimal(first(run).text());
            case TIME -> Timestamps.startsValid(first(run).text());
            case NOT_TIME -> !Timestamps.startsValid(first(run).text());
            case BEFORE -> before(run);
            case NOT_BEFORE -> !before(run);
            case LONGER ->
                first(run).text().length() > Integer.parseInt(values.iterator().next());
        };
    }

    /** Whether messages of this event are told apart by it, and this one is not meant. */
    boolean leavesOut(String trigger) {
        return kind == Kind.EVENT && !values.contains(trigger) || kind == Kind.NOT_EVENT && values.contains(trigger);
    }

    /** Whether the segment in hand stands before the named one around it: tells whose RXR or RXC it is. */
    private boolean before(MapRun run) {
        Hl7Segment other = run.segment(fields.get(0).segment());
        return other != null && run.currentSegment().offset() < other.offset();
    }

    private Hl7Value first(MapRun run) {
        return fields.get(0).resolve(run);
    }

    private int count(MapRun run) {
        int count = 0;
        for (FieldPath field : fields) {
            Hl7Value value = field.resolve(run);
            if (!value.isEmpty() && !value.isNull()) {
                count++;
            }
        }
        return count;
    }
}
