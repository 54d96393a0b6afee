package org.tongmai.routes.engine.gateway.user;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletableFuture;

/** The public keys of a provider. */
interface KeySource {
    /** Those known now, at once. */
    JWKSet known();

    /**
     * Asks for newer ones, where that is possible and not done too often.
     *
     * @return those known then; fails when none were ever known
     */
    CompletableFuture<JWKSet> newer();
}
