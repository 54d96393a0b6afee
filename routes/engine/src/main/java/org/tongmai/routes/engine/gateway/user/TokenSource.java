package org.tongmai.routes.engine.gateway.user;

import java.util.concurrent.CompletableFuture;

/** Says whose a token is. Waits on no thread. */
@FunctionalInterface
interface TokenSource {
    /** Fails with a {@link org.tongmai.standards.error.CodedException}; never tells the token. */
    CompletableFuture<User> user(String token);
}
