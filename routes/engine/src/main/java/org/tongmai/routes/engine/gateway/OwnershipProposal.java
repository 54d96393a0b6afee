package org.tongmai.routes.engine.gateway;

import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Policy;

/**
 * A policy that traffic suggests, as this node saw it since it started to learn.
 *
 * @param policy what could be put into the rules
 * @param standing what the counts say of it
 * @param calls how many were looked at
 * @param own calls in which every identifier there was the user's own
 * @param ward calls in which every identifier was the user's own or of somebody the user is guardian of, and not all were own
 * @param foreign calls in which one was somebody else's, or none was readable there
 * @param users how many different users, at most 16 are counted
 */
public record OwnershipProposal(
        Policy policy, Standing standing, long calls, long own, long ward, long foreign, int users) {
    /** What the counts say. */
    public enum Standing {
        /** Held in every call, of enough calls and users. */
        PROPOSED,
        /** Held so far. */
        TOO_FEW,
        /** Does not hold for all. */
        MIXED
    }
}
