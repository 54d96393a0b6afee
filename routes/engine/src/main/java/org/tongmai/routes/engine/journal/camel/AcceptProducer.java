package org.tongmai.routes.engine.journal.camel;

import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalService.Acceptance;
import org.tongmai.routes.engine.journal.JournalService.Incoming;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Makes the message durable, and says in {@link ExchangeNames#PROCEED} whether the author's steps are to run. */
final class AcceptProducer extends DefaultAsyncProducer {
    private final JournalService journal;
    private final String feed;

    AcceptProducer(JournalEndpoint endpoint, JournalService journal, String feed) {
        super(endpoint);
        this.journal = journal;
        this.feed = feed;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!(exchange.getMessage().getBody() instanceof ReceivedMessage message)) {
            exchange.setException(new CodedException(
                    Issue.of(JournalError.NOT_JOURNALLED, "", "found: no received message on the exchange")));
            callback.done(true);
            return true;
        }
        exchange.setProperty(ExchangeNames.RECEIVED, message);
        if (exchange.getProperty(ExchangeNames.MESSAGE_ID) != null) {
            exchange.setProperty(ExchangeNames.PROCEED, true);
            callback.done(true);
            return true;
        }
        Long parent = exchange.getProperty(ExchangeNames.PARENT_ID, Long.class);
        Incoming incoming = new Incoming(
                message,
                feed,
                acknowledgeWhen(exchange),
                issues(exchange, ExchangeNames.READ_ISSUES),
                issues(exchange, ExchangeNames.READ_WARNINGS),
                parent == null ? 0 : parent);
        journal.accept(incoming, (acceptance, failure) -> {
            if (failure != null) {
                exchange.setProperty(ExchangeNames.PROCEED, false);
                exchange.setProperty(
                        ExchangeNames.OUTCOME,
                        new Outcome(
                                Outcome.Disposition.REFUSED, 0, FailureFacts.issues(failure, JournalError.INTERNAL)));
            } else {
                go(exchange, acceptance);
            }
            GoingOn.from(exchange, callback, journal);
        });
        return false;
    }

    private void go(Exchange exchange, Acceptance acceptance) {
        exchange.setProperty(ExchangeNames.PROCEED, acceptance.proceed());
        if (acceptance.messageId() != 0) {
            exchange.setProperty(ExchangeNames.MESSAGE_ID, acceptance.messageId());
        }
        if (acceptance.proceed()) {
            exchange.setProperty(GoingOn.ACCEPTANCE, acceptance);
            exchange.getExchangeExtension().addOnCompletion(new Ending(journal, acceptance));
        } else {
            exchange.setProperty(ExchangeNames.OUTCOME, acceptance.outcome());
        }
    }

    private static AcknowledgeWhen acknowledgeWhen(Exchange exchange) {
        Object when = exchange.getProperty(ExchangeNames.ACKNOWLEDGE_WHEN);
        return when == AcknowledgeWhen.ACCEPTED ? AcknowledgeWhen.ACCEPTED : AcknowledgeWhen.PROCESSED;
    }

    @SuppressWarnings("unchecked")
    private static List<Issue> issues(Exchange exchange, String property) {
        Object issues = exchange.getProperty(property);
        return issues instanceof List<?> list ? (List<Issue>) list : List.of();
    }

    /** Gives back what the message held, whatever became of the exchange. */
    private static final class Ending extends SynchronizationAdapter {
        private final JournalService journal;
        private final Acceptance acceptance;

        Ending(JournalService journal, Acceptance acceptance) {
            this.journal = journal;
            this.acceptance = acceptance;
        }

        @Override
        public void onDone(Exchange exchange) {
            journal.finish(acceptance, exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class));
        }
    }
}
