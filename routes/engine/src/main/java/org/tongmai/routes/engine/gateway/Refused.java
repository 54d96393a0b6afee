package org.tongmai.routes.engine.gateway;

import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** What does not pass a gateway: thousands a second under an attack, so without a stack trace. */
public final class Refused extends CodedException {
    private static final long serialVersionUID = 1L;

    public Refused(Issue issue) {
        super(issue);
    }

    public Refused(GatewayError error, String where, String detail) {
        super(Issue.of(error, where, detail));
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
