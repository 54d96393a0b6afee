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
 * @param suspended what services may not be called with
 * @param trust what calls are held against
 * @param throttles their rates
 */
record GuardMaker(
        IdentityGuard identity,
        UserGuards users,
        Map<GatewayKind, SafeDomains> domains,
        Suspended suspended,
        Trust trust,
        Throttles throttles) {

    /**
     * What takes all its services with it.
     *
     * @param systems that services are interfaces of
     * @param domains that services are in
     */
    record Suspended(Set<String> systems, Set<String> domains) {}

    Guard signature(AccessRule rule) {
        return new SignatureGuard(rule.signatures(), new ProofFields(rule.window(), trust.clock()));
    }

    Guard nonce(AccessRule rule) {
        return new NonceGuard(new ProofFields(rule.window(), trust.clock()));
    }
}
