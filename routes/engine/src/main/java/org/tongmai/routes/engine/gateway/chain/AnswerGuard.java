package org.tongmai.routes.engine.gateway.chain;

import java.util.concurrent.CompletableFuture;
import org.tongmai.standards.exchange.HttpAnswer;

/** Judges what a service answered before the caller gets it, or changes it (出参处理). Waits on no thread. */
@FunctionalInterface
interface AnswerGuard {
    /**
     * @param answer of the service, or what the guard before made of it
     * @return what goes on to the caller; fails with a {@link org.tongmai.standards.error.CodedException} when the answer
     *     is withheld
     */
    CompletableFuture<HttpAnswer> answer(Passage passage, HttpAnswer answer);
}
