package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Sends a journalled message through its feed's route: after an acceptance, after a crash, for a replay. */
final class RouteRunner {
    private static final Logger LOG = LoggerFactory.getLogger(RouteRunner.class);

    private final AtomicReference<CamelContext> context = new AtomicReference<>();

    void bind(CamelContext camel) {
        context.set(camel);
    }

    /** A message that is in the journal already. */
    record Journalled(long id, String feed, ReceivedMessage message, AcknowledgeWhen when) {}

    /** Runs the route; the future completes with the route's outcome, a retryable refusal when it left none. */
    CompletableFuture<Outcome> run(Journalled journalled) {
        CamelContext camel = context.get();
        Route route = camel == null || !camel.isRunAllowed() ? null : camel.getRoute(journalled.feed());
        if (route == null) {
            return CompletableFuture.completedFuture(refused(journalled.id(), JournalError.FEED_MISSING));
        }
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(journalled.message());
        exchange.setProperty(ExchangeNames.MESSAGE_ID, journalled.id());
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, journalled.when());
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Consumer<Outcome> brokenOff =
                end -> outcome.complete(end.positive() ? end : refused(journalled.id(), JournalError.UNAVAILABLE));
        exchange.setProperty(ExchangeNames.BROKEN_OFF, brokenOff);
        AsyncProcessor processor = AsyncProcessorConverterHelper.convert(route.getProcessor());
        try {
            processor.process(exchange, doneSync -> outcome.complete(outcomeOf(exchange, journalled.id())));
        } catch (Throwable e) { // whoever waits for the outcome holds room and an ordering key meanwhile
            boolean waited = outcome.complete(refused(journalled.id(), JournalError.UNAVAILABLE));
            if (!waited || FailureFacts.isMachineFailure(e)) {
                throw e;
            }
            LOG.error("{} message {}: {}", JournalError.INTERNAL.code(), journalled.id(), FailureFacts.place(e));
        }
        return outcome;
    }

    static Outcome outcomeOf(Exchange exchange, long id) {
        Outcome outcome = exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class);
        return outcome != null ? outcome : refused(id, JournalError.UNAVAILABLE);
    }

    static Outcome refused(long id, JournalError error) {
        return new Outcome(Outcome.Disposition.REFUSED, id, List.of(Issue.of(error, "", "")));
    }
}
