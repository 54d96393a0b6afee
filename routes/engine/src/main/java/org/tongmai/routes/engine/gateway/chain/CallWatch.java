package org.tongmai.routes.engine.gateway.chain;

import java.util.concurrent.CompletableFuture;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** Keeps a record of every call. Never waits on the caller's thread. */
public interface CallWatch {
    /** @throws CodedException when no record could be kept now: then no call passes */
    void ready();

    /**
     * A call has ended.
     *
     * @param answer what the caller is to get
     * @param refusal why it was refused; null when the service answered
     * @return completes when the record is kept, exceptionally when it can not be; the caller gets its answer only then,
     *     unless the rule of its service says that the record need not be durable yet
     */
    CompletableFuture<Void> ended(Passage passage, HttpAnswer answer, Issue refusal);
}
