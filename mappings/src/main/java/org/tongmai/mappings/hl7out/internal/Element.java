package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An element with its place.
 *
 * @param parent the object it is in
 * @param name its name there
 * @param index its number in a list, or -1
 * @param value what stands there
 */
record Element(ObjectNode parent, String name, int index, JsonNode value) {
    /** What tells it from its siblings. */
    String key() {
        return index < 0 ? name : name + "[" + index + "]";
    }
}
