package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.routes.engine.delivery.Delivering.Payload;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;

/** Sends a batch through the delivering route and waits for its end. */
public final class RouteCall {
    private final Endpoint endpoint;
    private final Processor route;
    private final Delivering how;
    private final ContentLoader contents;

    public RouteCall(Endpoint endpoint, Processor route, Delivering how, ContentLoader contents) {
        this.endpoint = endpoint;
        this.route = route;
        this.how = how;
        this.contents = contents;
    }

    /**
     * What became of a batch.
     *
     * @param failure why it failed, or null when the destination has it
     * @param told what was noticed while it was written
     */
    record Answer(Failure failure, List<Issue> told) {
        static Answer failed(Failure failure) {
            return new Answer(failure, List.of());
        }
    }

    Answer send(Batch batch) {
        try {
            Exchange exchange = endpoint.createExchange(ExchangePattern.InOnly);
            exchange.getIn().setBody(body(batch));
            exchange.getIn().setHeader(ExchangeNames.BATCH_ID, batch.id());
            exchange.getIn().setHeader(Exchange.FILE_NAME, how.fileName(batch.id()));
            route.process(exchange);
            return exchange.getException() == null ? new Answer(null, told(exchange)) : judge(exchange.getException());
        } catch (Throwable e) { // a route may throw anything; the judgement is Failure's
            return judge(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Issue> told(Exchange exchange) {
        List<Issue> told = exchange.getProperty(ExchangeNames.WRITE_WARNINGS, List.class);
        return told == null ? List.of() : told;
    }

    private static Answer judge(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (FailureFacts.isMachineFailure(each)) {
                throw (VirtualMachineError) each;
            }
        }
        return Answer.failed(Failure.of(thrown));
    }

    private Object body(Batch batch) throws SQLException {
        if (how.payload() == Payload.ORIGINAL) {
            return contents.original(batch.rows().get(0).messageId());
        }
        return contents.canonical(how, batch);
    }
}
