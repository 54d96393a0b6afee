package org.tongmai.routes.engine.gateway.user;

import java.util.concurrent.CompletableFuture;
import org.tongmai.routes.engine.gateway.rules.ProviderKeys;

/** The public keys of a provider. */
interface KeySource {
    /** Those known now, at once. */
    ProviderKeys known();

    /**
     * Asks for newer ones, where that is possible and not done too often.
     *
     * @return those known then; fails when none were ever known
     */
    CompletableFuture<ProviderKeys> newer();
}
