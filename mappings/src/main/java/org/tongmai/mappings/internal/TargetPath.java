package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/**
 * Where a row writes, compiled: at each step known to be single or a list. A step of a list has a slot, so that rows
 * with the same prefix and token ({@code telecom[home]}) write into the same entry, one entry for each repetition of
 * the field read. {@code [first]} and {@code [last]} are the list's first and last entry whoever wrote it, made where the
 * list is empty: so that maps of several segments write into one entry. A list at the end without a token is appended to.
 */
final class TargetPath {
    /** No slot: the entry is single, or appended. */
    static final int NONE = -1;

    /** The list's first entry, whoever wrote it. */
    static final int FIRST = -2;

    /** The list's last entry, whoever wrote it. */
    static final int LAST = -3;

    /**
     * One step.
     *
     * @param name JSON name
     * @param list whether the JSON is an array
     * @param slot slot number of the entry written, or {@link #NONE}, {@link #FIRST}, {@link #LAST}
     */
    record Step(String name, boolean list, int slot) {}

    private final Step[] steps;
    private final String text;
    private final boolean keepsRepetitions;

    TargetPath(String text, Step... steps) {
        this.text = text;
        this.steps = steps;
        boolean lists = false;
        for (Step step : steps) {
            lists |= step.list();
        }
        this.keepsRepetitions = lists || steps.length == 0;
    }

    Step[] steps() {
        return steps;
    }

    /** Whether more than one repetition of the source has a place. */
    boolean keepsRepetitions() {
        return keepsRepetitions;
    }

    /** Whether the path is one top-level single or list element, which a JSON null can delete. */
    boolean topLevel() {
        return steps.length == 1;
    }

    /** Whether the row runs a map into the target itself. */
    boolean whole() {
        return steps.length == 0;
    }

    void delete(ObjectNode target) {
        if (!target.has(steps[0].name())) {
            target.putNull(steps[0].name());
        }
    }

    /** Writes a node; an object is merged into the object that is already there. */
    void write(MapRun run, int repetition, JsonNode value) {
        if (whole()) {
            return; // the map that was run wrote into the target itself
        }
        ObjectNode node = run.target();
        int last = steps.length - 1;
        for (int i = 0; i < last; i++) {
            node = descend(node, steps[i], run, repetition);
        }
        Step leaf = steps[last];
        if (!leaf.list()) {
            put(node, leaf.name(), value);
        } else if (leaf.slot() == NONE) {
            array(node, leaf.name()).add(value);
        } else if (value instanceof ObjectNode object) {
            descend(node, leaf, run, repetition).setAll(object);
        } else {
            array(node, leaf.name()).add(value);
        }
    }

    /** Where a row just wrote. */
    record Place(ObjectNode parent, String name, int index) {
        JsonNode value() {
            JsonNode node = parent.path(name);
            return index < 0 ? node : node.path(index);
        }
    }

    /** Where {@link #write} just wrote for this repetition; asked only when somebody wants the lineage. */
    Place written(MapRun run, int repetition) {
        ObjectNode node = run.target();
        int last = steps.length - 1;
        for (int i = 0; i < last; i++) {
            node = descend(node, steps[i], run, repetition);
        }
        Step leaf = steps[last];
        if (!leaf.list()) {
            return new Place(node, leaf.name(), -1);
        }
        ArrayNode array = array(node, leaf.name());
        if (leaf.slot() == FIRST) {
            return new Place(node, leaf.name(), 0);
        }
        MapRun.Slot slot = leaf.slot() >= 0 ? run.slot(leaf.slot(), repetition) : null;
        return new Place(node, leaf.name(), slot == null ? array.size() - 1 : slot.place());
    }

    private static void put(ObjectNode node, String name, JsonNode value) {
        JsonNode present = node.get(name);
        if (present instanceof ObjectNode there && value instanceof ObjectNode more) {
            merge(there, more);
        } else {
            node.set(name, value);
        }
    }

    private static void merge(ObjectNode there, ObjectNode more) {
        Iterator<Map.Entry<String, JsonNode>> fields = more.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            put(there, field.getKey(), field.getValue());
        }
    }

    private static ObjectNode descend(ObjectNode node, Step step, MapRun run, int repetition) {
        if (!step.list()) {
            JsonNode child = node.get(step.name());
            return child instanceof ObjectNode object ? object : node.putObject(step.name());
        }
        if (step.slot() < NONE) {
            ArrayNode array = array(node, step.name());
            JsonNode present = array.get(step.slot() == FIRST ? 0 : array.size() - 1);
            return present instanceof ObjectNode object ? object : array.addObject();
        }
        MapRun.Slot slot = run.slot(step.slot(), repetition);
        if (slot == null) {
            ArrayNode array = array(node, step.name());
            slot = new MapRun.Slot(array.addObject(), array.size() - 1);
            run.slot(step.slot(), repetition, slot);
        }
        return slot.entry();
    }

    private static ArrayNode array(ObjectNode node, String name) {
        return node.get(name) instanceof ArrayNode array ? array : node.putArray(name);
    }

    @Override
    public String toString() {
        return text;
    }
}
