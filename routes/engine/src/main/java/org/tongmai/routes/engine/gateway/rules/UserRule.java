package org.tongmai.routes.engine.gateway.rules;

import java.util.Set;

/**
 * Which users may call a service.
 *
 * @param provider id of the identity provider that vouches for them
 * @param scopes scopes (RFC 6749, 3.3) a token must have, all of them; empty for none
 * @param roles roles a user must have, one of them; empty for any user
 * @param rate calls of one user
 */
public record UserRule(String provider, Set<String> scopes, Set<String> roles, Rate rate) {
    public UserRule {
        provider = Absent.text(provider);
        scopes = Absent.set(scopes);
        roles = Absent.set(roles);
        rate = rate == null ? Rate.NONE : rate;
    }
}
