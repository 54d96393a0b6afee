package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Told what was done while a message is mapped. */
interface Tracer {
    /**
     * The row in hand of a run wrote an element.
     *
     * @param read what was read; null for a row without a field
     */
    void wrote(MapRun run, Hl7Value read, JsonNode written);

    /** A row of a message map ran its map over a segment of a group. */
    default void ran(GroupRun group, GroupPlan.MessageRow row, ResourceRun into) {}
}
