package org.tongmai.mappings.hl7out.internal;

import java.util.Collection;
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
     * @param unless paths of the resource or entry; one that has any of them is left to another segment
     * @param not events (MSH-9.2) whose structure has no such segment or group
     * @param since the version it is part of from on; null for all
     * @param before the version it is no longer part of; null for all
     * @param has a path of the resource or entry, {@code =} and its value, without which it is left to another segment
     * @param to what the message map calls the resource that it must be linked with, or null
     * @param by the element of that one that refers to it, or null for any
     * @param told an element with which one is written also for what a field tells of, or null
     * @param opens whether the rest of its group is not written without it
     * @param free types, one of which is there, and none of which the resource may be linked with; {@code *} for one that
     *     nothing refers to
     * @param alone whether only rows of that resource fill it
     * @param required whether a message without it is refused
     * @param tells fields HL7 requires of which only a warning tells when they are missing
     * @param rest whether a group is written once more for what belongs to none of its resources
     * @param fill field of the segment to what it holds where nothing else is known
     * @param segments of a group
     */
    record Node(
            String segment,
            String group,
            String of,
            String split,
            List<String> unless,
            List<String> not,
            String since,
            String before,
            String has,
            String to,
            String by,
            String told,
            boolean opens,
            List<String> free,
            boolean alone,
            boolean required,
            List<String> tells,
            boolean rest,
            Map<String, Fill> fill,
            List<Node> segments) {
        Node {
            unless = unless == null ? List.of() : unless;
            tells = tells == null ? List.of() : tells;
            free = free == null ? List.of() : free;
            not = not == null ? List.of() : not;
            fill = fill == null ? Map.of() : fill;
            segments = segments == null ? List.of() : segments;
            refuseOthers(segment, tells);
            refuseOthers(segment, fill.keySet());
        }

        private static void refuseOthers(String segment, Collection<String> fields) {
            for (String field : fields) {
                if (segment == null || !field.matches(segment + "-[1-9]\\d*(\\.[1-9]\\d*)?")) {
                    throw new IllegalArgumentException("found " + field + ", expected a field of " + segment);
                }
            }
        }
    }
}
