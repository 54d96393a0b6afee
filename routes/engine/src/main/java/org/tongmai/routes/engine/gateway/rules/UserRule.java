package org.tongmai.routes.engine.gateway.rules;

import java.util.Set;

/**
 * Which users may call a service.
 *
 * @param provider id of the identity provider that vouches for them
 * @param scopes scopes (RFC 6749, 3.3) a token must have, all of them; empty for none
 * @param roles roles a user must have, one of them; empty for any user
 * @param rate calls of one user
 * @param nonce whether a call must have a number of its own, so that it passes once (防重放)
 */
public record UserRule(String provider, Set<String> scopes, Set<String> roles, Rate rate, Nonce nonce) {
    public UserRule {
        provider = Absent.text(provider);
        scopes = Absent.set(scopes);
        roles = Absent.set(roles);
        rate = rate == null ? Rate.NONE : rate;
        nonce = nonce == null ? Nonce.NONE : nonce;
    }

    /** What of a call that only a token comes with says that it did not come before. */
    public enum Nonce {
        /** Nothing: who has the bytes of a call can send it again as long as the token holds. */
        NONE,
        /** {@code X-Tongmai-Nonce} and {@code X-Tongmai-Timestamp}, as signed calls have them. */
        REQUIRED
    }
}
