package org.tongmai.mappings.internal;

import java.util.List;
import org.tongmai.standards.hl7v2.Hl7Segment;

/**
 * Puts the segments of a message into its groups. Tolerant: a missing group is opened, a segment out of order goes to
 * the nearest group that takes it, and what no group takes is answered as unknown.
 */
final class SegmentWalk {
    private final GroupRun root;
    private GroupRun current;

    SegmentWalk(GroupPlan plan) {
        root = new GroupRun(plan, null);
        current = root;
    }

    GroupRun root() {
        return root;
    }

    /** Takes the next segment; false when no group of the structure knows it. */
    boolean take(Hl7Segment segment) {
        GroupRun place = nearest(segment);
        if (place == null) {
            place = anywhere(segment);
        }
        if (place == null) {
            return false;
        }
        place.add(segment);
        current = place;
        return true;
    }

    private GroupRun nearest(Hl7Segment segment) {
        for (GroupRun group = current; group != null; group = group.parent()) {
            if (group.accepts(segment)) {
                return group;
            }
            GroupPlan opened = openedBy(group.plan().children(), segment.name());
            if (opened != null) {
                return new GroupRun(opened, group);
            }
        }
        return null;
    }

    private static GroupPlan openedBy(List<GroupPlan> plans, String name) {
        for (GroupPlan plan : plans) {
            if (plan.opener(name) >= 0) {
                return plan;
            }
        }
        return null;
    }

    private GroupRun anywhere(Hl7Segment segment) {
        for (GroupRun group = current; group != null; group = group.parent()) {
            for (GroupPlan child : group.plan().children()) {
                GroupRun place = open(group, child, segment.name());
                if (place != null) {
                    return place;
                }
            }
        }
        return null;
    }

    /** Opens the chain of groups down to the first that declares the segment; null when none does. */
    private static GroupRun open(GroupRun parent, GroupPlan plan, String name) {
        if (plan.declares(name)) {
            return new GroupRun(plan, parent);
        }
        for (GroupPlan child : plan.children()) {
            if (declaresBelow(child, name)) {
                return open(new GroupRun(plan, parent), child, name);
            }
        }
        return null;
    }

    private static boolean declaresBelow(GroupPlan plan, String name) {
        return plan.declares(name) || plan.children().stream().anyMatch(child -> declaresBelow(child, name));
    }
}
