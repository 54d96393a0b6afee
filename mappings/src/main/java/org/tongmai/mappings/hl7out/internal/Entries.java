package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The elements that rows of a map read in an object, entries of lists by the slots they belong to. */
final class Entries {
    private final BackMap map;
    private final Resources resources;
    private final Claims claims;
    private final boolean besideOthers;
    private final Map<JsonNode, Assignment> assignments = new IdentityHashMap<>();

    /** @param besideOthers whether the rows of another map read the same object, so that what is too much is left to them */
    Entries(BackMap map, Resources resources, Claims claims, Boolean besideOthers) {
        this.map = map;
        this.resources = resources;
        this.claims = claims;
        this.besideOthers = besideOthers;
    }

    Claims claims() {
        return claims;
    }

    boolean besideOthers() {
        return besideOthers;
    }

    /** Forgets which entry belongs to which slot. */
    void clear() {
        assignments.clear();
    }

    /** What a row reads. */
    List<Element> select(ObjectNode node, BackRow row) {
        List<Element> found = new ArrayList<>();
        walk(node, row.path().steps(), 0, found);
        return found;
    }

    private void walk(ObjectNode parent, List<BackPath.Step> steps, int at, List<Element> found) {
        BackPath.Step step = steps.get(at);
        JsonNode child = parent.get(step.name());
        if (child == null) {
            return;
        }
        if (!child.isArray()) {
            take(new Element(parent, step.name(), -1, child), steps, at, found);
        } else if (step.slot() != null) {
            for (int index : entries(parent, step, child)) {
                take(new Element(parent, step.name(), index, child.path(index)), steps, at, found);
            }
        }
    }

    private void take(Element element, List<BackPath.Step> steps, int at, List<Element> found) {
        if (at == steps.size() - 1) {
            found.add(element);
        } else if (element.value() instanceof ObjectNode object) {
            walk(object, steps, at + 1, found);
        }
    }

    private List<Integer> entries(ObjectNode parent, BackPath.Step step, JsonNode list) {
        Slot slot = step.slot();
        if (slot.first() || slot.last()) {
            return list.isEmpty() ? List.of() : List.of(slot.first() ? 0 : list.size() - 1);
        }
        Assignment assignment = assignments.computeIfAbsent(
                list,
                key -> Assignment.of(
                        list,
                        map.beside(slot),
                        resources,
                        entry -> taken(slot, new Element(parent, step.name(), entry, list.get(entry)))));
        // of texts the last place takes the rest
        boolean joins = map.dataType() && !besideOthers && list.path(0).isValueNode();
        return joins ? assignment.entries(slot) : slot.fitting(assignment.entries(slot));
    }

    /** Whether an entry stands in the message already, and nothing more is to be read of it. */
    private boolean taken(Slot slot, Element entry) {
        return claims.has(entry) || !slot.shared() && !map.dataType() && claims.touches(entry.value());
    }

    /**
     * Gives entries of which nothing was written to their next slots, and says to which.
     *
     * @param pending rows that may still take them
     */
    Set<Slot> moveOn(List<BackRow> pending) {
        Set<Slot> moved = new HashSet<>();
        assignments.forEach((list, assignment) -> {
            boolean waited = pending.stream().anyMatch(row -> row.mayStillTake() && reads(row, assignment.slots()));
            if (!waited) {
                moved.addAll(assignment.moveOn(entry -> list.get(entry).isObject()
                        && !claims.touches(list.get(entry))
                        && !claims.hasEntry(list.get(entry))));
            }
        });
        return moved;
    }

    /** Whether a row reads entries of one of the slots. */
    static boolean reads(BackRow row, Collection<Slot> slots) {
        return row.path() != null && row.path().steps().stream().anyMatch(step -> slots.contains(step.slot()));
    }
}
