package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param unless an element beside or in the value that another row reads, or null
 * @param yields whether it is run after the other rows
 */
record BackRow(
        MapRow row,
        FieldPath from,
        boolean wholeSegment,
        BackPath path,
        BackMap each,
        ConceptMap code,
        List<BackCondition> when,
        String unless,
        boolean yields) {

    /** The same, after the other rows: the row says that another field goes before its own. */
    BackRow givingWay() {
        return new BackRow(row, from, wholeSegment, path, each, code, when, unless, true);
    }

    /** Whether another row is for values that have, or with {@code !} before it lack, an element. */
    boolean barredFor(JsonNode object) {
        if (unless == null) {
            return false;
        }
        return unless.startsWith("!") ? !object.has(unless.substring(1)) : object.has(unless);
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

    /** Whether it may hold when the rest of the segment is written. */
    boolean worthAnotherTry() {
        return code != null || when.stream().anyMatch(BackCondition::mayTurnTrue);
    }
}
