package org.tongmai.mappings.hl7out.internal;

import java.util.List;
import org.tongmai.mappings.internal.FieldPath;
import org.tongmai.mappings.internal.MapRow;
import org.tongmai.standards.terminology.ConceptMap;

/**
 * One row, read backwards.
 *
 * @param row as written
 * @param from the field it fills, or null
 * @param wholeSegment whether it reads no field but the segment
 * @param path the element it reads; null for the object in hand
 * @param each map of the value, or null
 * @param code table of the value, or null
 * @param when what must hold of the message that is written
 * @param unless what leaves a value to another row
 * @param yields whether it is run after the other rows
 * @param besideOthers whether other rows read inside the same object
 * @param also whether it writes too what another row has written
 */
record BackRow(
        MapRow row,
        FieldPath from,
        boolean wholeSegment,
        BackPath path,
        BackMap each,
        ConceptMap code,
        List<BackCondition> when,
        List<StructureReader.Unless> unless,
        boolean yields,
        boolean besideOthers,
        boolean also) {

    /** The same, after the other rows: the row says that another field goes before its own. */
    BackRow givingWay() {
        return new BackRow(row, from, wholeSegment, path, each, code, when, unless, true, besideOthers, also);
    }

    /** Whether another row is for the value. */
    boolean barredFor(StructureReader.Unless.Judged value, Writing message) {
        return unless.stream().anyMatch(each -> message.has(each.since()) && each.bars(value));
    }

    /** Whether it applies only where another field is empty. */
    boolean namesBefore(FieldPath other) {
        return when.stream()
                .anyMatch(condition ->
                        condition.kind().equals("empty") && condition.fields().contains(other));
    }

    boolean constant() {
        return row.constant() != null;
    }

    /** Whether it waits for what the rest of the segment says. */
    boolean mayStillTake() {
        return code != null
                || when.stream().anyMatch(condition -> condition.kind().equals("equals"));
    }

    /** Whether it may hold when the rest of the segment is written. */
    boolean worthAnotherTry() {
        return code != null || when.stream().anyMatch(BackCondition::mayTurnTrue);
    }
}
