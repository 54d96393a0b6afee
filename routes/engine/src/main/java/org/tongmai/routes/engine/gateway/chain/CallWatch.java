package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** Is told of every call how it ended; must not wait. */
public interface CallWatch {
    /**
     * @param answer what the caller gets
     * @param refusal why it was refused; null when the service answered
     */
    void ended(Passage passage, HttpAnswer answer, Issue refusal);
}
