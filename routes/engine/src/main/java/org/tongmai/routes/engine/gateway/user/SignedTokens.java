package org.tongmai.routes.engine.gateway.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider.JwtRule;

/**
 * Users by signed tokens (RFC 7519, checked as RFC 8725 says): the algorithm is one of the rules, the key one of the
 * provider's, and the token of this issuer, for us, and good now. One that was verified is not verified again for a minute.
 */
final class SignedTokens implements TokenSource {
    private static final int MOST_KEPT = 50_000;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final IdentityProvider provider;
    private final JwtRule rule;
    private final KeySource keys;
    private final Clock clock;
    private final Set<JWSAlgorithm> algorithms;
    private final Cache<TokenDigest, User> verified =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();

    SignedTokens(IdentityProvider provider, KeySource keys, Clock clock) {
        this.provider = provider;
        this.rule = provider.jwt();
        this.keys = keys;
        this.clock = clock;
        this.algorithms = rule.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    }

    @Override
    public CompletableFuture<User> user(String token) {
        TokenDigest digest = TokenDigest.of(token);
        User before = verified.getIfPresent(digest);
        if (before != null && clock.instant().isBefore(before.until())) {
            return CompletableFuture.completedFuture(before);
        }
        SignedJWT jwt = parsed(token);
        JWKSet known = keys.known();
        CompletableFuture<JWKSet> with = isNamed(jwt.getHeader(), known)
                ? CompletableFuture.completedFuture(known)
                : keys.newer().thenApply(fresh -> named(jwt.getHeader(), fresh));
        return with.thenApply(set -> {
            User user = user(verified(jwt, set));
            verified.put(digest, user);
            return user;
        });
    }

    private SignedJWT parsed(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            if (!algorithms.contains(header.getAlgorithm())) {
                throw invalid("alg");
            }
            if (header.getCriticalParams() != null) {
                throw invalid("crit");
            }
            return jwt;
        } catch (ParseException | IllegalArgumentException e) {
            throw invalid("form");
        }
    }

    /** Without a name there must be only one key, or which is meant would be a guess. */
    private static boolean isNamed(JWSHeader header, JWKSet known) {
        return header.getKeyID() == null ? known.size() == 1 : known.getKeyByKeyId(header.getKeyID()) != null;
    }

    private static JWKSet named(JWSHeader header, JWKSet fresh) {
        if (!isNamed(header, fresh)) {
            throw new Refused(GatewayError.TOKEN_KEY_UNKNOWN, "kid", "");
        }
        return fresh;
    }

    private JWTClaimsSet verified(SignedJWT jwt, JWKSet set) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithms, (selector, context) -> selector.select(set)));
        processor.setJWTClaimsSetVerifier((claims, context) -> check(claims));
        try {
            return processor.process(jwt, null);
        } catch (BadJOSEException | JOSEException e) {
            throw invalid("signature");
        }
    }

    private void check(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        if (expires == null
                || !now.isBefore(expires.toInstant().plus(rule.leeway()))
                || isLater(claims.getNotBeforeTime(), now)
                || isLater(claims.getIssueTime(), now)) {
            throw new Refused(GatewayError.TOKEN_EXPIRED, expires == null ? "exp" : "exp, nbf, iat", "");
        }
        if (!rule.issuer().equals(claims.getIssuer())) {
            throw new Refused(GatewayError.TOKEN_NOT_FOR_US, "iss", "");
        }
        if (claims.getAudience().stream().noneMatch(rule.audience()::contains)) {
            throw new Refused(GatewayError.TOKEN_NOT_FOR_US, "aud", "");
        }
    }

    private boolean isLater(Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(rule.leeway()));
    }

    private User user(JWTClaimsSet claims) {
        IdentityProvider.SubjectRule subject = provider.subject();
        return new User(
                provider.id(),
                Subjects.identifier(subject, claims.getClaim(subject.claim())),
                Subjects.words(claims.getClaim(subject.scopes())),
                Subjects.words(claims.getClaim(subject.roles())),
                claims.getExpirationTime().toInstant().plus(rule.leeway()));
    }

    private static Refused invalid(String what) {
        return new Refused(GatewayError.TOKEN_INVALID, what, "");
    }

    /** Keys that lie in the rules. */
    static KeySource of(String text) {
        try {
            JWKSet set = UsableKeys.of(text);
            return new KeySource() {
                @Override
                public JWKSet known() {
                    return set;
                }

                @Override
                public CompletableFuture<JWKSet> newer() {
                    return CompletableFuture.completedFuture(set);
                }
            };
        } catch (ParseException e) {
            throw new Refused(GatewayError.RULES_INVALID, "keys", "expected: a JWK set");
        }
    }
}
