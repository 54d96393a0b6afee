package org.tongmai.routes.engine.journal.camel;

import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;

/** Refuses a message whose route failed, or parks it when its sender has a positive answer. Always sets an outcome. */
final class RefuseProducer extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(RefuseProducer.class);

    private final JournalService journal;

    RefuseProducer(JournalEndpoint endpoint, JournalService journal) {
        super(endpoint);
        this.journal = journal;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        List<Issue> issues = FailureFacts.issues(failure, JournalError.INTERNAL);
        Long messageId = exchange.getProperty(ExchangeNames.MESSAGE_ID, Long.class);
        if (issues.get(0).code() == JournalError.INTERNAL && failure != null) {
            // Where it happened, never its text: that may quote the message.
            LOG.error("{} message {}: {}", JournalError.INTERNAL.code(), messageId, FailureFacts.place(failure));
        }
        if (messageId == null) {
            exchange.setProperty(ExchangeNames.OUTCOME, new Outcome(Outcome.Disposition.REFUSED, 0, issues));
            callback.done(true);
            return true;
        }
        Object when = exchange.getProperty(ExchangeNames.ACKNOWLEDGE_WHEN);
        AcknowledgeWhen acknowledged =
                when == AcknowledgeWhen.ACCEPTED ? AcknowledgeWhen.ACCEPTED : AcknowledgeWhen.PROCESSED;
        journal.fail(messageId, acknowledged, issues).whenComplete((outcome, broken) -> {
            exchange.setProperty(
                    ExchangeNames.OUTCOME,
                    broken == null
                            ? outcome
                            : new Outcome(
                                    Outcome.Disposition.REFUSED,
                                    messageId,
                                    FailureFacts.issues(broken, JournalError.INTERNAL)));
            GoingOn.from(exchange, callback, journal);
        });
        return false;
    }
}
