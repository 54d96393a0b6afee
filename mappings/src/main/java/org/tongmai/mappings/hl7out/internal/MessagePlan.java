package org.tongmai.mappings.hl7out.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One message structure, compiled. */
record MessagePlan(Structure structure, List<SegmentRow> rows) {
    /** The elements that rows fill with constants only: a message implies them. */
    Set<String> constants() {
        Set<String> constants = new HashSet<>();
        for (SegmentRow row : rows) {
            row.map().rows().stream()
                    .filter(each -> each.constant() && each.path() != null)
                    .forEach(each -> constants.add(
                            row.type() + "." + each.path().steps().get(0).name()));
        }
        for (SegmentRow row : rows) {
            row.map().rows().stream()
                    .filter(each -> !each.constant() && each.path() != null)
                    .forEach(each -> constants.remove(
                            row.type() + "." + each.path().steps().get(0).name()));
        }
        return constants;
    }

    /** Whether segments of the structure are made of resources of the type. */
    boolean makes(String type) {
        return rows.stream().anyMatch(row -> row.type().equals(type));
    }

    /** The rows that fill a segment of a group. */
    List<SegmentRow> rows(String segment, String group) {
        return rows.stream()
                .filter(row -> row.segment().equals(segment)
                        && (row.group() == null || row.group().equals(group)))
                .toList();
    }
}
