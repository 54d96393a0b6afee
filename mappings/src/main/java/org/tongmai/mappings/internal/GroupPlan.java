package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One segment group of a message structure, compiled: what belongs to it and what is made of it. */
final class GroupPlan {
    private final String name;
    private final List<String> openers;
    private final Set<String> members;
    private final List<GroupPlan> children = new ArrayList<>();
    private final List<SegmentPlan> segments = new ArrayList<>();

    /** All rows that read one segment of the group, in order. */
    record SegmentPlan(String segment, List<MessageRow> rows) {}

    /**
     * One row of a message map: a map run over a segment, into a resource.
     *
     * @param at file and line
     * @param resource name of the resource: its type, with a token where a message makes two of a type
     * @param map the map run
     * @param creates whether every segment makes a new resource; others add to the nearest one
     * @param required whether a message without the segment is refused
     * @param when all must hold
     */
    record MessageRow(
            MapRow.At at, String resource, MapPlan map, boolean creates, boolean required, Condition[] when) {}

    GroupPlan(String name, List<String> openers, Set<String> members) {
        this.name = name;
        this.openers = List.copyOf(openers);
        this.members = Set.copyOf(members);
    }

    String name() {
        return name;
    }

    int opener(String segment) {
        return openers.indexOf(segment);
    }

    boolean hasMember(String segment) {
        return members.contains(segment);
    }

    boolean declares(String segment) {
        return openers.contains(segment) || members.contains(segment);
    }

    List<GroupPlan> children() {
        return children;
    }

    List<SegmentPlan> segments() {
        return segments;
    }

    /** The first segment that anything is made of, in this group or below; null when nothing is. */
    String firstSegment() {
        if (!segments.isEmpty()) {
            return segments.get(0).segment();
        }
        for (GroupPlan child : children) {
            String first = child.firstSegment();
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** The rows of a segment, a place for them made at the first call. */
    SegmentPlan segment(String segment) {
        for (SegmentPlan plan : segments) {
            if (plan.segment().equals(segment)) {
                return plan;
            }
        }
        SegmentPlan plan = new SegmentPlan(segment, new ArrayList<>());
        segments.add(plan);
        return plan;
    }
}
