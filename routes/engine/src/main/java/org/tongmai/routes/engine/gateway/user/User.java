package org.tongmai.routes.engine.gateway.user;

import java.time.Instant;
import java.util.Set;
import org.tongmai.standards.patientindex.PersonIdentifier;

/**
 * Somebody an identity provider vouches for.
 *
 * @param provider its id
 * @param subject who it is
 * @param scopes what the token allows
 * @param roles what the user is
 * @param until first moment the token no longer holds
 */
public record User(String provider, PersonIdentifier subject, Set<String> scopes, Set<String> roles, Instant until) {
    public User {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /** Shows nobody. */
    @Override
    public String toString() {
        return "User[" + provider + "]";
    }
}
