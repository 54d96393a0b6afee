package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/**
 * A place where a map writes values that a rule is for; looked at when the map has run. What may not stand is taken
 * away, with all that is empty without it.
 *
 * @param steps JSON names from the map's target down to the value; none for the target itself
 * @param rule what is demanded there
 * @param from what is read for it, for the location; null for the segment
 * @param at the first row that writes there
 */
record RuleSite(String[] steps, TypeRule rule, FieldPath from, MapRow.At at) {

    void close(MapRun run) {
        if (whole()) {
            keeps(run, run.target(), 0);
        } else {
            close(run, run.target(), 0);
        }
    }

    /** Whether it is for the target as a whole. */
    boolean whole() {
        return steps.length == 0;
    }

    private void close(MapRun run, ObjectNode parent, int depth) {
        JsonNode child = parent.get(steps[depth]);
        if (child instanceof ObjectNode object) {
            if (!keeps(run, object, depth + 1)) {
                parent.remove(steps[depth]);
            }
        } else if (child instanceof ArrayNode array) {
            Iterator<JsonNode> entries = array.iterator();
            while (entries.hasNext()) {
                if (entries.next() instanceof ObjectNode object && !keeps(run, object, depth + 1)) {
                    entries.remove();
                }
            }
            if (array.isEmpty()) {
                parent.remove(steps[depth]);
            }
        }
    }

    private boolean keeps(MapRun run, ObjectNode node, int depth) {
        if (depth < steps.length) {
            close(run, node, depth);
            return !node.isEmpty();
        }
        run.reading(from);
        if (!run.message().tracing()) {
            return rule.keeps(run, node) && !node.isEmpty();
        }
        ObjectNode before = node.deepCopy();
        boolean keeps = rule.keeps(run, node) && !node.isEmpty();
        run.message().tracer().mended(run, at, before, node);
        return keeps;
    }
}
