package org.tongmai.routes.engine.journal.camel;

import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalService.Acceptance;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;

/**
 * Lets a route go on behind a step that was waited for. Camel takes exceptions, not errors: one that gets here left the
 * exchange without an end, its message with what it holds, and its sender without an answer.
 */
public final class GoingOn {
    private static final Logger LOG = LoggerFactory.getLogger(GoingOn.class);

    /** Exchange property, {@link Acceptance}: what ends the message in hand. */
    static final String ACCEPTANCE = "CamelTongmaiAcceptance";

    private GoingOn() {}

    /** Calls back; an {@link Error} is told to who waits and goes on its way. */
    public static void from(Exchange exchange, AsyncCallback callback, JournalService journal) {
        try {
            callback.done(false);
        } catch (Error e) {
            if (FailureFacts.isMachineFailure(e)) {
                throw e;
            }
            LOG.error("{} ended a feed's route: {}", JournalError.INTERNAL.code(), FailureFacts.place(e));
            end(exchange, outcome(exchange, e), journal);
            throw e;
        }
    }

    /** What is stored stays so, whatever came after it. */
    private static Outcome outcome(Exchange exchange, Error failure) {
        Outcome published = exchange.getProperty(ExchangeNames.PUBLISHED, Outcome.class);
        if (published != null) {
            return published;
        }
        long id = exchange.getProperty(ExchangeNames.MESSAGE_ID, 0L, Long.class);
        return new Outcome(Outcome.Disposition.REFUSED, id, FailureFacts.issues(failure, JournalError.INTERNAL));
    }

    @SuppressWarnings("unchecked")
    private static void end(Exchange exchange, Outcome outcome, JournalService journal) {
        Acceptance acceptance = exchange.getProperty(ACCEPTANCE, Acceptance.class);
        if (acceptance != null) {
            journal.finish(acceptance, outcome);
        }
        if (exchange.getProperty(ExchangeNames.BROKEN_OFF) instanceof Consumer<?> waiting) {
            ((Consumer<Outcome>) waiting).accept(outcome);
        }
    }
}
