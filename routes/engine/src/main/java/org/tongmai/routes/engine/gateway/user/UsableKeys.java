package org.tongmai.routes.engine.gateway.user;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;

/** Keys that signatures may be verified with: RSA of 2048 bits and more, EC of P-256. */
final class UsableKeys {
    private static final int LEAST_BITS = 2048;

    private UsableKeys() {}

    /** The usable keys of a JWK set; others are left out, so that a secret is never taken for a public key. */
    static JWKSet of(String text) throws ParseException {
        return new JWKSet(JWKSet.parse(text).getKeys().stream()
                .filter(UsableKeys::isUsable)
                .map(JWK::toPublicJWK)
                .toList());
    }

    private static boolean isUsable(JWK key) {
        return key instanceof RSAKey rsa && rsa.size() >= LEAST_BITS
                || key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve());
    }
}
