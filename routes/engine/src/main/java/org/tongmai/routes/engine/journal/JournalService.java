package org.tongmai.routes.engine.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * What the components {@code journal:} and {@code canonical:} need; found by type in the Camel registry. Futures
 * complete on the engine's own threads, and exceptionally only with a {@link
 * org.tongmai.standards.error.CodedException}.
 */
public interface JournalService {
    /** Is told the context whose routes are the feeds. */
    void bind(CamelContext context);

    /**
     * Takes a message in. One that is answered when processed is not in the journal yet when this completes: it is written
     * with what becomes of it; any other one is durable.
     *
     * @param then goes on with it on the worker of the message's ordering key, in the order of the journal
     */
    void accept(Incoming incoming, BiConsumer<Acceptance, Throwable> then);

    /**
     * Stores what a message means, with event, deliveries and state, in one transaction.
     *
     * @param origin what it was made of
     * @return what the message is now: processed; or what an equal one that came first is
     * @throws org.tongmai.standards.error.CodedException in the future, {@code TM-JOURNAL-0010} when it was settled
     *     before
     */
    CompletableFuture<Outcome> publish(long messageId, Origin origin, CanonicalBundle bundle);

    /** Settles a message of which nothing is to be stored; answers as {@link #publish}. */
    CompletableFuture<Outcome> complete(long messageId);

    /**
     * Settles a message whose route failed: refuses it, or parks it when its sender has a positive answer already.
     *
     * @param when how it is acknowledged
     * @param failure why
     * @return the outcome; also when the journal can not be written: then the message is taken up again later
     */
    CompletableFuture<Outcome> fail(long messageId, AcknowledgeWhen when, List<Issue> failure);

    /** Ends what {@link #accept} began; duplicates that wait get this outcome. May be called again. */
    void finish(Acceptance acceptance, Outcome outcome);

    /**
     * What a bundle was made of.
     *
     * @param format data type of the message as it came: who wants messages as they came gets those it understands
     * @param maps which rows mapped it ({@code MappingEngine.fingerprint}); empty for the platform's, or none
     */
    record Origin(String format, String maps) {
        /** By the platform's rows, or by none. */
        public static Origin of(String format) {
            return new Origin(format, "");
        }
    }

    /**
     * A message that asks to be journalled.
     *
     * @param message as received
     * @param feed route id
     * @param when when its sender gets the positive answer
     * @param readIssues what refuses it already; empty for a readable message
     * @param readWarnings what was noticed reading it and does not refuse it
     * @param parentId the message it replays, or 0; a replay is never a duplicate
     */
    record Incoming(
            ReceivedMessage message,
            String feed,
            AcknowledgeWhen when,
            List<Issue> readIssues,
            List<Issue> readWarnings,
            long parentId) {}

    /**
     * What an accepted message has to do next.
     *
     * @param messageId its number; 0 when it is not in the journal
     * @param outcome the answer, when there is one already; null when the message is to be processed now
     * @param room what it holds of the bounded memory; given back by {@link #finish}
     */
    record Acceptance(long messageId, Outcome outcome, Runnable room) {
        public boolean proceed() {
            return outcome == null;
        }
    }
}
