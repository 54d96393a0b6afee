package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.hl7v2.Hl7Segment;

/** One occurrence of a segment group in a message, with the resources made from it. */
final class GroupRun {
    private static final int WIDE = 32;

    private final GroupPlan plan;
    private final GroupRun parent;
    private final List<Hl7Segment> segments = new ArrayList<>();
    private final List<GroupRun> children = new ArrayList<>(2);
    private final Map<String, ResourceRun> named = new HashMap<>(4);
    private Map<String, Hl7Segment> firstByName;
    private int lastOpener = -1;

    GroupRun(GroupPlan plan, GroupRun parent) {
        this.plan = plan;
        this.parent = parent;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    /** Whether the segment may stand here now: a member always, an opener only before what it opens. */
    boolean accepts(Hl7Segment segment) {
        int opener = plan.opener(segment.name());
        if (opener >= 0) {
            return opener > lastOpener && children.isEmpty();
        }
        return plan.hasMember(segment.name());
    }

    void add(Hl7Segment segment) {
        lastOpener = Math.max(lastOpener, plan.opener(segment.name()));
        segments.add(segment);
    }

    /** The first segment of this name here or in a group around; null when there is none. */
    Hl7Segment segment(String name) {
        for (GroupRun group = this; group != null; group = group.parent) {
            Hl7Segment found = group.first(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Asked for each segment of a group that may be very wide: then by a table. Asked only after the walk. */
    private Hl7Segment first(String name) {
        if (segments.size() <= WIDE) {
            for (int i = 0; i < segments.size(); i++) {
                if (segments.get(i).is(name)) {
                    return segments.get(i);
                }
            }
            return null;
        }
        if (firstByName == null) {
            firstByName = new HashMap<>();
            segments.forEach(segment -> firstByName.putIfAbsent(segment.name(), segment));
        }
        return firstByName.get(name);
    }

    /** The latest resource made under this name here or in a group around; null when there is none. */
    ResourceRun resource(String name) {
        for (GroupRun group = this; group != null; group = group.parent) {
            ResourceRun found = group.named.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    void name(String name, ResourceRun resource) {
        named.put(name, resource);
    }

    GroupPlan plan() {
        return plan;
    }

    GroupRun parent() {
        return parent;
    }

    List<Hl7Segment> segments() {
        return segments;
    }

    List<GroupRun> children() {
        return children;
    }
}
