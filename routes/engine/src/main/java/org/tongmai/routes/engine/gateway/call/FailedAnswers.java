package org.tongmai.routes.engine.gateway.call;

import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.convert.FaultAnswer;
import org.tongmai.routes.engine.gateway.convert.NotConverted;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.exchange.HttpAnswer;

/**
 * Which answers say that a service failed (异常). A fault of SOAP does not: many services say by it what business refuses.
 */
final class FailedAnswers {
    /** The kind of transport whose errors are faults: any other answer with the status of one is not converted. */
    private static final String SOAP = "soap";

    private static final int FAULT = GatewayError.SERVICE_AT_FAULT.wire().httpStatus();

    private final Set<Integer> statuses;
    private final boolean soap;

    FailedAnswers(Service service) {
        this.statuses = service.traffic().errorStatuses();
        this.soap = SOAP.equals(service.transport().kind());
    }

    boolean has(HttpAnswer answer) {
        boolean error = statuses.contains(answer.status());
        return error && !(answer.status() == FAULT && (soap || FaultAnswer.isOne(answer)));
    }

    /** Whether what could not be converted was one. */
    boolean has(Throwable failure) {
        return failure instanceof NotConverted answer && statuses.contains(answer.status());
    }
}
