package org.tongmai.routes.engine.gateway.rules;

import java.util.EnumSet;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayKind;

/**
 * The doors of this node, by its settings: other nodes may have others.
 *
 * @param open gateways it has a port of
 * @param maxBody bytes of a content that they hold in memory ({@code tongmai.gateway.max-body})
 */
public record Doors(Set<GatewayKind> open, long maxBody) {
    /** Each of them, and without a limit. */
    public static final Doors ALL = new Doors(EnumSet.allOf(GatewayKind.class), Long.MAX_VALUE);

    public Doors {
        open = Set.copyOf(open);
    }
}
