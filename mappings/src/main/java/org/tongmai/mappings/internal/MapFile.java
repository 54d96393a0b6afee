package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.mappings.Extent;

/**
 * One map file as written.
 *
 * @param at file and first line
 * @param from segment, data type or message structure
 * @param to FHIR type; {@code Bundle} for a message map
 * @param identity what the resource is recognised by, alternatives in order; empty for data types
 * @param display path of what a reference to the resource shows; empty for none
 * @param guide further tables of the HL7 v2-to-FHIR guide it follows, beside the one of its own name
 * @param rows in order
 * @param include further maps whose rows follow its own
 * @param message what only message maps have, or null
 */
public record MapFile(
        MapRow.At at,
        String from,
        String to,
        List<IdentityRow> identity,
        String display,
        List<String> guide,
        List<MapRow> rows,
        List<Include> include,
        MessageHead message) {

    /** Another map whose rows are taken in. */
    public record Include(MapRow.At at, String name) {}

    /** One alternative: the first of {@code from} must be valued. */
    public record IdentityRow(MapRow.At at, List<String> from, String call) {}

    /**
     * @param events {@code ADT^A01} …
     * @param extent {@code whole} when the map is for conversions only; empty when it is for the store as well
     * @param topic canonical channel
     * @param segments known segments outside groups
     * @param groups in order
     */
    public record MessageHead(
            List<String> events, String extent, String topic, List<String> segments, List<Group> groups) {
        /** This head with the segments that an overlay knows as well. */
        MessageHead with(MessageHead overlay) {
            List<String> known = new ArrayList<>(segments);
            overlay.segments().stream().filter(each -> !known.contains(each)).forEach(known::add);
            return new MessageHead(events, extent, topic, known, groups);
        }

        /** Whether the map is in force where so much is mapped. */
        boolean servesFor(Extent wanted) {
            return extent.isEmpty() || extent.equalsIgnoreCase(wanted.name());
        }
    }

    /** A segment group: opened by the first of {@code opens} that may stand there. */
    public record Group(String name, String in, List<String> opens, List<String> segments) {}

    /** What other maps call it. */
    public String name() {
        return from + "-" + to;
    }

    /** This map with an overlay's rows replacing those that read and write the same, or added. */
    MapFile overlaidWith(MapFile overlay) {
        List<MapRow> merged = new ArrayList<>(rows);
        for (MapRow row : overlay.rows()) {
            boolean replaced = false;
            for (int i = 0; i < merged.size() && !replaced; i++) {
                if (merged.get(i).sameTarget(row)) {
                    merged.set(i, row);
                    replaced = true;
                }
            }
            if (!replaced) {
                merged.add(row);
            }
        }
        List<IdentityRow> keys = overlay.identity().isEmpty() ? identity : overlay.identity();
        MessageHead head = overlay.message() == null || message == null ? message : message.with(overlay.message());
        return new MapFile(at, from, to, keys, display, guide, merged, List.of(), head);
    }

    /** This map with the rows of those it includes, which it then no longer names. */
    MapFile withRows(List<MapRow> all) {
        return new MapFile(at, from, to, identity, display, guide, List.copyOf(all), List.of(), message);
    }

    /** Whether rows are all it has, so that another map may take them in. */
    boolean rowsOnly() {
        return identity.isEmpty() && display.isEmpty() && guide.isEmpty() && message == null;
    }
}
