package org.tongmai.routes.engine.journal.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;

/** Ends a feed's way: the outcome is that of what was published; a route that published nothing is settled here. */
final class SettleProducer extends DefaultAsyncProducer {
    private final JournalService journal;

    SettleProducer(JournalEndpoint endpoint, JournalService journal) {
        super(endpoint);
        this.journal = journal;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Long messageId = exchange.getProperty(ExchangeNames.MESSAGE_ID, Long.class);
        if (messageId == null) {
            exchange.setException(
                    new CodedException(Issue.of(JournalError.NOT_JOURNALLED, "", "expected: journal:accept before")));
            callback.done(true);
            return true;
        }
        Outcome published = exchange.getProperty(ExchangeNames.PUBLISHED, Outcome.class);
        if (published != null) {
            exchange.setProperty(ExchangeNames.OUTCOME, published);
            callback.done(true);
            return true;
        }
        journal.complete(messageId).whenComplete((outcome, failure) -> {
            if (failure == null) {
                exchange.setProperty(ExchangeNames.OUTCOME, outcome);
            } else {
                exchange.setException(new CodedException(FailureFacts.issues(failure, JournalError.INTERNAL), null));
            }
            GoingOn.from(exchange, callback, journal);
        });
        return false;
    }
}
