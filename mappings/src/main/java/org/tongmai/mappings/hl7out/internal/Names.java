package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;

/** Finds what a message map calls a resource among those the message is made of. */
final class Names {
    /** What another name fits better: taken where nothing else is, and after everything else. */
    static final int UNLIKELY = Slot.EXCLUDED / 4;

    private final MessagePlan plan;
    private final Resources resources;

    Names(MessagePlan plan, Resources resources) {
        this.plan = plan;
        this.resources = resources;
    }

    /** The resource a row fills its segment from; null when there is none. */
    ObjectNode resource(SegmentRow row, Scope scope) {
        for (Scope at = scope; at != null; at = at.parent()) {
            if (at.names(row.resource())) {
                return at.resource(row.resource());
            }
        }
        ObjectNode driver = scope.nearestDriver();
        ObjectNode found = driver == null ? null : first(row, driver, null);
        if (found == null && (driver == null || !isDrawn(row.resource()))) {
            found = first(row, null, scope.leftOver());
        }
        scope.name(row.resource(), found);
        return found;
    }

    /** Whether groups are made for resources of this name: then one that is not linked belongs to another group. */
    private boolean isDrawn(String name) {
        return draws(plan.structure().segments(), name);
    }

    private static boolean draws(List<Structure.Node> nodes, String name) {
        return nodes.stream()
                .anyMatch(node -> name.equals(node.of()) && node.split() == null || draws(node.segments(), name));
    }

    /** @param leftOver a type with none of which it may be linked, or null */
    private ObjectNode first(SegmentRow row, ObjectNode linkedTo, String leftOver) {
        ObjectNode best = null;
        int most = Slot.EXCLUDED / 2;
        for (ObjectNode candidate : resources.ofType(row.type(), linkedTo)) {
            if (linkedTo != null && candidate != linkedTo && !resources.linked(candidate, linkedTo)) {
                continue;
            }
            if (leftOver != null && !resources.isFree(candidate, List.of(leftOver))) {
                continue;
            }
            int score = score(row, candidate);
            if (score > most) {
                best = candidate;
                most = score;
            }
        }
        return best;
    }

    /** A name with a token wants what its map tells the resource by; one without takes what no such name does. */
    int score(SegmentRow row, ObjectNode candidate) {
        SegmentRow maker = row.map().makes() ? row : maker(row.resource());
        int own = maker.map().self().score(candidate, resources);
        boolean other = isOf(row, candidate, own);
        if (row.tokened()) {
            boolean told = own > 0 || !maker.map().self().hasConstants();
            return told && !other ? own : Slot.EXCLUDED;
        }
        return other ? Math.min(own, 0) + UNLIKELY : own;
    }

    /** Whether another name with a token fits the resource better. */
    private boolean isOf(SegmentRow row, ObjectNode candidate, int own) {
        return plan.rows().stream()
                .filter(each -> each.tokened()
                        && each.type().equals(row.type())
                        && !each.resource().equals(row.resource()))
                .map(each -> maker(each.resource()))
                .filter(Objects::nonNull)
                .anyMatch(each -> each.map().self().score(candidate, resources) > Math.max(0, own));
    }

    /** The row whose map makes the resource of this name. */
    private SegmentRow maker(String name) {
        SegmentRow first = null;
        for (SegmentRow row : plan.rows()) {
            if (row.resource().equals(name)) {
                if (row.map().makes()) {
                    return row;
                }
                first = first == null ? row : first;
            }
        }
        return first;
    }
}
