package org.tongmai.mappings.hl7out.internal;

import java.util.List;
import java.util.Map;

/**
 * The segments of a message in order, as {@code fhir-to-hl7v2/messages/<structure>.map.yaml} writes them.
 *
 * @param map the message map of {@code hl7v2-to-fhir} whose rows fill the segments
 * @param events event ({@code ADT^A01}) to structure (MSH-9.3)
 * @param segments in order
 */
record Structure(String map, Map<String, String> events, List<Node> segments) {

    /**
     * A segment, or a group of them.
     *
     * @param segment name, or null for a group
     * @param group name as in the message map, or null
     * @param of the resource one is written for each of; null for one that is written once
     * @param split a list of that resource: one is written for each entry
     * @param unless a path of the entry; one that has it is left to another segment
     * @param not events (MSH-9.2) whose structure has no such segment or group
     * @param required whether a message without it is refused
     * @param rest whether a group is written once more for what belongs to none of its resources
     * @param fill field to what it holds where nothing else is known
     * @param segments of a group
     */
    record Node(
            String segment,
            String group,
            String of,
            String split,
            String unless,
            List<String> not,
            boolean required,
            boolean rest,
            Map<String, String> fill,
            List<Node> segments) {
        Node {
            not = not == null ? List.of() : not;
            fill = fill == null ? Map.of() : fill;
            segments = segments == null ? List.of() : segments;
        }
    }
}
