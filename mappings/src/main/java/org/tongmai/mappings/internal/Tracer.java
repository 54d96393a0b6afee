package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Told what was done while a message is mapped. */
interface Tracer {
    /**
     * The row in hand of a run wrote an element.
     *
     * @param place where it wrote
     * @param read what was read; null for a row without a field
     */
    void wrote(MapRun run, TargetPath.Place place, Hl7Value read, JsonNode written);

    /** A row had something to write. */
    default void ran(RowPlan row) {}

    /** A resource was begun; its identity is known. */
    default void made(ResourceRun resource) {}

    /**
     * A rule changed what an object holds, or completed it.
     *
     * @param at the row whose value it is
     * @param before what it held
     */
    default void mended(MapRun run, MapRow.At at, ObjectNode before, ObjectNode after) {}

    /** What one object held was added to another, because both are the same resource. */
    default void joined(ObjectNode from, ObjectNode into) {}

    /** A row of a message map ran its map over a segment of a group. */
    default void ran(GroupRun group, GroupPlan.MessageRow row, ResourceRun into) {}
}
