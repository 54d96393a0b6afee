package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * One row, compiled.
 *
 * @param at file and line
 * @param from what is read, or null
 * @param wholeSegment whether {@code from} names a segment, not a field
 * @param when all must hold
 * @param to where it is written
 * @param writer makes the value
 * @param required whether the message is refused without it
 * @param table concept map, or empty
 */
record RowPlan(
        MapRow.At at,
        FieldPath from,
        boolean wholeSegment,
        Condition[] when,
        TargetPath to,
        ValueWriter writer,
        boolean required,
        String table) {

    /** Makes what a row writes from what it reads; null when there is nothing to write. */
    interface ValueWriter {
        JsonNode write(MapRun run, RowPlan row, Hl7Value value);
    }

    /** This row, refusing the message when its value is not of its type. */
    RowPlan asRequired() {
        return new RowPlan(at, from, wholeSegment, when, to, writer, true, table);
    }

    boolean applies(MapRun run) {
        for (Condition condition : when) {
            if (!condition.holds(run)) {
                return false;
            }
        }
        return true;
    }
}
