package org.tongmai.routes.engine.gateway;

import java.time.Instant;
import java.util.List;

/**
 * What a node runs, and what it is there for.
 *
 * @param revision of the publication that is in force there; 0 for none
 * @param digest of its rules
 * @param appliedAt since when
 * @param problem why it does not run a later one, or which keys of this one it has not; empty when it runs all of the highest
 *     it knows
 * @param seenAt when it last said so
 * @param domains service domains it serves; empty for all
 * @param doors gateways it has a port of; of no other it carries services
 * @param state whether it takes calls
 */
public record NodeRules(
        String node,
        long revision,
        String digest,
        Instant appliedAt,
        String problem,
        Instant seenAt,
        List<String> domains,
        List<GatewayKind> doors,
        State state) {
    public NodeRules {
        domains = List.copyOf(domains);
        doors = List.copyOf(doors);
    }

    /** Whether a node takes calls. */
    public enum State {
        ACTIVE,
        /** The rules in force take it out of service: it refuses calls, and has no listeners. */
        SUSPENDED
    }
}
