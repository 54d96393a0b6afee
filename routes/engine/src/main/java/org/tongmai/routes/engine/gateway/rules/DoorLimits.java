package org.tongmai.routes.engine.gateway.rules;

/**
 * What the doors of this node take at most, by its settings: other nodes may have others.
 *
 * @param maxBody bytes of a content that is held in memory ({@code tongmai.gateway.max-body})
 */
public record DoorLimits(long maxBody) {
    /** Doors without any. */
    public static final DoorLimits NONE = new DoorLimits(Long.MAX_VALUE);
}
