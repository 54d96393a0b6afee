package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who vouches for users: with signed tokens (OpenID Connect, RFC 7519), or by being asked about each token (令牌换取用户信息).
 *
 * @param id names it in rules and in the audit log
 * @param state whether its users may call
 * @param field header field of the token; {@code Authorization} with the scheme Bearer (RFC 6750) by default, any other as is
 * @param subject where a token, or the provider's answer, says who the user is
 * @param deniedUsers users that may not call whatever their tokens say (黑名单): pseudonyms as the audit log has them behind
 *     {@code user:}, 16 hexadecimal digits, which hold as long as {@code tongmai.gateway.pseudonym-key-file} stays the same
 * @param jwt how signed tokens are checked; null where the provider is asked
 * @param exchange how the provider is asked; null where tokens are signed
 */
public record IdentityProvider(
        String id,
        String title,
        ActiveState state,
        String field,
        SubjectRule subject,
        Set<String> deniedUsers,
        JwtRule jwt,
        ExchangeRule exchange) {
    /** The field of RFC 6750. */
    public static final String AUTHORIZATION = "Authorization";

    public IdentityProvider {
        id = Absent.text(id);
        title = Absent.text(title);
        state = state == null ? ActiveState.ACTIVE : state;
        field = field == null ? AUTHORIZATION : field;
        deniedUsers = Absent.set(deniedUsers);
        subject = subject == null ? new SubjectRule(null, null, null, null) : subject;
    }

    /** Whether tokens of both are taken alike, whoever may call with them. */
    public boolean verifiesAs(IdentityProvider other) {
        return verifying().equals(other.verifying());
    }

    private IdentityProvider verifying() {
        return new IdentityProvider(id, null, null, field, subject, null, jwt, exchange);
    }

    /**
     * Where it is said who the user is.
     *
     * @param claim claim with the identifier ({@code sub} by default); in an exchange a JSON pointer
     * @param system which identifier that is: a system of {@code identifier-systems.csv}, or {@code Patient}
     * @param scopes claim (or pointer) with the scopes, one text with blanks or a list
     * @param roles claim (or pointer) with the roles, the same
     */
    public record SubjectRule(String claim, String system, String scopes, String roles) {
        public SubjectRule {
            claim = claim == null ? "sub" : claim;
            system = Absent.text(system);
            scopes = scopes == null ? "scope" : scopes;
            roles = roles == null ? "roles" : roles;
        }
    }

    /**
     * How signed tokens are checked.
     *
     * @param issuer {@code iss}, exactly
     * @param audience one of these must be in {@code aud}
     * @param keys the provider's public keys, a JWK set (RFC 7517) as text; empty where they are fetched
     * @param keysUrl where they are fetched; https, or http of this machine
     * @param algorithms RS256, PS256, ES256 (RFC 7518), which are the default, and SM2 ({@link ProviderKeys}); no other exists
     *     here
     * @param leeway how far its clock may be from ours, at most 5 min
     */
    public record JwtRule(
            String issuer,
            List<String> audience,
            String keys,
            String keysUrl,
            Set<String> algorithms,
            Duration leeway) {
        private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

        public JwtRule {
            issuer = Absent.text(issuer);
            audience = Absent.list(audience);
            keys = Absent.text(keys);
            keysUrl = Absent.text(keysUrl);
            algorithms = Absent.set(algorithms == null ? Set.of("RS256", "PS256", "ES256") : algorithms);
            leeway = leeway == null ? ONE_MINUTE : leeway;
        }
    }
}
