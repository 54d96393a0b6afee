package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.ownership.OwnershipObservations;
import org.tongmai.routes.engine.gateway.ownership.OwnershipResolver;
import org.tongmai.routes.engine.gateway.user.UserTokens;

/**
 * What rules in force need beside themselves; lives longer than any of them.
 *
 * @param trust what calls are held against
 * @param tokens what is known of identity providers
 * @param owners says whose data something is
 * @param observations what services that learn have shown
 * @param pseudonyms what users are called in deny lists
 */
public record Surroundings(
        Trust trust,
        UserTokens tokens,
        OwnershipResolver owners,
        OwnershipObservations observations,
        Pseudonyms pseudonyms) {}
