package org.tongmai.mappings.hl7out.internal;

import java.util.List;

/**
 * A row of a message map, read backwards: which resource fills which segment by which map.
 *
 * @param group name of the segment's group, or null where the segment's name is enough
 * @param segment name
 * @param resource what the message map calls the resource
 * @param map read backwards
 * @param when what must hold of the message that is written
 */
record SegmentRow(String group, String segment, String resource, BackMap map, List<BackCondition> when) {
    /** The resource's type. */
    String type() {
        int bracket = resource.indexOf('[');
        return bracket < 0 ? resource : resource.substring(0, bracket);
    }

    boolean tokened() {
        return resource.indexOf('[') >= 0;
    }
}
