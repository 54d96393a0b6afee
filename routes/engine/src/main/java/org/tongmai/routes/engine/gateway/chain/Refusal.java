package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** A call that does not pass: thousands a second under an attack, so without a stack trace. */
final class Refusal extends CodedException {
    private static final long serialVersionUID = 1L;

    Refusal(Issue issue) {
        super(issue);
    }

    Refusal(GatewayError error, String where, String detail) {
        super(Issue.of(error, where, detail));
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
