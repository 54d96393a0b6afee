package org.tongmai.routes.engine.gateway;

import java.time.Instant;
import java.util.List;

/**
 * What became of the copies of a service's calls on this node, since its rules of traffic last changed.
 *
 * @param url where they went; empty where none are made
 * @param alike copies that were answered as the call was
 * @param different copies that were not
 * @param failed copies without an answer
 * @param skipped calls that were not copied because too many copies were under way
 * @param differences the latest, none with a value
 */
public record CopyFigures(
        String url, long alike, long different, long failed, long skipped, List<Difference> differences) {
    /** Of a service whose calls are not copied. */
    public static final CopyFigures NONE = new CopyFigures("", 0, 0, 0, 0, List.of());

    /**
     * One difference.
     *
     * @param where {@code status}, {@code content}, or a JSON pointer with names that could be values masked
     * @param detail what kind each was
     */
    public record Difference(Instant at, String where, String detail) {}
}
