package org.tongmai.routes.engine.gateway.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
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
import org.tongmai.routes.engine.gateway.rules.ProviderKeys;

/**
 * Users by signed tokens (RFC 7519, checked as RFC 8725 says): the algorithm is one of the rules, the key one of the
 * provider's, and the token of this issuer, for us, and good now. One that was verified is not verified again for a minute.
 */
final class SignedTokens implements TokenSource {
    private static final int MOST_KEPT = 50_000;
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final JWSAlgorithm SM2 = JWSAlgorithm.parse(ProviderKeys.SM2);
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
            new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

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
        ProviderKeys known = keys.known();
        String named = jwt.getHeader().getKeyID();
        CompletableFuture<ProviderKeys> with = known.name(named)
                ? CompletableFuture.completedFuture(known)
                : keys.newer().thenApply(fresh -> requireNamed(named, fresh));
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
    private static ProviderKeys requireNamed(String keyId, ProviderKeys fresh) {
        if (!fresh.name(keyId)) {
            throw new Refused(GatewayError.TOKEN_KEY_UNKNOWN, "kid", "");
        }
        return fresh;
    }

    /** The algorithm decides which kind of key is looked for: no key of one kind verifies for another. */
    private JWTClaimsSet verified(SignedJWT jwt, ProviderKeys known) {
        try {
            return jwt.getHeader().getAlgorithm().equals(SM2) ? bySm2(jwt, known) : byOthers(jwt, known);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw invalid("signature");
        }
    }

    private JWTClaimsSet byOthers(SignedJWT jwt, ProviderKeys known) throws BadJOSEException, JOSEException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(TYPES);
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithms, (selector, context) -> selector.select(known.foreign())));
        processor.setJWTClaimsSetVerifier((claims, context) -> check(claims));
        return processor.process(jwt, null);
    }

    /** What nimbus does not know. */
    private JWTClaimsSet bySm2(SignedJWT jwt, ProviderKeys known) throws BadJOSEException, ParseException {
        TYPES.verify(jwt.getHeader().getType(), null);
        byte[] signature = jwt.getSignature().decode();
        boolean good = known.national(jwt.getHeader().getKeyID())
                .filter(key -> key.verifies(jwt.getSigningInput(), signature))
                .isPresent();
        if (!good) {
            throw invalid("signature");
        }
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        check(claims);
        return claims;
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
            ProviderKeys set = ProviderKeys.of(text);
            return new KeySource() {
                @Override
                public ProviderKeys known() {
                    return set;
                }

                @Override
                public CompletableFuture<ProviderKeys> newer() {
                    return CompletableFuture.completedFuture(set);
                }
            };
        } catch (ParseException e) {
            throw new Refused(GatewayError.RULES_INVALID, "keys", "expected: a JWK set");
        }
    }
}
