package org.tongmai.routes.engine.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Makes tokens, good ones and spoilt ones. */
final class Tokens {
    private final JWTClaimsSet claims;

    private Tokens(JWTClaimsSet claims) {
        this.claims = claims;
    }

    static Tokens good(String identityNumber) {
        return new Tokens(new JWTClaimsSet.Builder()
                .issuer("https://id.example")
                .audience("tongmai")
                .subject("u-1")
                .claim("id_no", identityNumber)
                .claim("scope", "openid reports")
                .claim("roles", java.util.List.of("resident"))
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
    }

    Tokens but(UnaryOperator<JWTClaimsSet.Builder> change) {
        return new Tokens(change.apply(new JWTClaimsSet.Builder(claims)).build());
    }

    JWTClaimsSet claims() {
        return claims;
    }

    String signed(ECKey key) {
        try {
            return signed(header(JWSAlgorithm.ES256, key.getKeyID()), new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String signed(RSAKey key, JWSAlgorithm algorithm) {
        try {
            return signed(header(algorithm, key.getKeyID()), new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a secret, as HS256. */
    String signed(byte[] secret, String keyId) {
        try {
            return signed(header(JWSAlgorithm.HS256, keyId), new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String signed(JWSHeader header, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm)
                .keyID(keyId)
                .type(JOSEObjectType.JWT)
                .build();
    }
}
