package org.tongmai.routes.engine.gateway.convert;

import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** An answer that is not what was agreed, with the status it had: that may say that the service failed. */
public final class NotConverted extends CodedException {
    private static final long serialVersionUID = 1L;

    private final int status;

    NotConverted(int status, String detail) {
        super(Issue.of(GatewayError.ANSWER_NOT_CONVERTED, "", "status: " + status + ", " + detail));
        this.status = status;
    }

    /** What the service answered with. */
    public int status() {
        return status;
    }
}
