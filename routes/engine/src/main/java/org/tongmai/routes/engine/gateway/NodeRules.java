package org.tongmai.routes.engine.gateway;

import java.time.Instant;

/**
 * What a node runs.
 *
 * @param revision of the publication that is in force there; 0 for none
 * @param digest of its rules
 * @param appliedAt since when
 * @param problem why it does not run a later one, or which keys of this one it has not; empty when it runs all of the highest
 *     it knows
 * @param seenAt when it last said so
 */
public record NodeRules(String node, long revision, String digest, Instant appliedAt, String problem, Instant seenAt) {}
