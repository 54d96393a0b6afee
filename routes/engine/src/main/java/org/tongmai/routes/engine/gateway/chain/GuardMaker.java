package org.tongmai.routes.engine.gateway.chain;

import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.domains.SafeDomains;
import org.tongmai.routes.engine.gateway.rules.AccessRule;

/**
 * Makes the guards of a service.
 *
 * @param identity knows the applications of these rules
 * @param users knows their identity providers
 * @param domains safe domains of services that have none of their own
 * @param trust what calls are held against
 * @param throttles their rates
 * @param suspended service domains whose services may not be called
 */
record GuardMaker(
        IdentityGuard identity,
        UserGuards users,
        Map<GatewayKind, SafeDomains> domains,
        Trust trust,
        Throttles throttles,
        Set<String> suspended) {

    Guard signature(AccessRule rule) {
        return new SignatureGuard(rule.signatures(), rule.window(), trust.clock());
    }
}
