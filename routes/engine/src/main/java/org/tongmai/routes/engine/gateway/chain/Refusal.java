package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.error.Issue;

/** A call that does not pass. */
final class Refusal extends Refused {
    private static final long serialVersionUID = 1L;

    Refusal(Issue issue) {
        super(issue);
    }

    Refusal(GatewayError error, String where, String detail) {
        super(error, where, detail);
    }
}
