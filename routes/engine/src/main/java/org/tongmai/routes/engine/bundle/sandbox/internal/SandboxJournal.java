package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * A journal that keeps the one message in hand and nothing else. It decides as the real one does, but for what only a
 * database can know: whether the message came before.
 */
public final class SandboxJournal implements JournalService {
    private long messageId;
    private Incoming accepted;
    private String format = "";
    private CanonicalBundle published;
    private Outcome outcome;

    /** Forgets the message before. */
    public void begin(long number) {
        messageId = number;
        accepted = null;
        format = "";
        published = null;
        outcome = null;
    }

    /** The message that was taken in; null when none was. */
    public ReceivedMessage received() {
        return accepted == null ? null : accepted.message();
    }

    /** The route that took it in, and that it still has to go through after it was answered; null when there is none. */
    public String processedLater() {
        return accepted != null && accepted.when() == AcknowledgeWhen.ACCEPTED && outcome == null
                ? accepted.feed()
                : null;
    }

    /** What was published; null when nothing was. */
    public CanonicalBundle published() {
        return published;
    }

    /** Data type of the published message as it came. */
    public String format() {
        return format;
    }

    /** What became of the message; null when it is not settled. */
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public void bind(CamelContext context) {
        // there is one context, and it is this journal's
    }

    @Override
    public void accept(Incoming incoming, BiConsumer<Acceptance, Throwable> then) {
        accepted = incoming;
        Outcome now = null;
        if (!incoming.readIssues().isEmpty()) {
            outcome = new Outcome(Disposition.REFUSED, messageId, incoming.readIssues());
            now = outcome;
        } else if (incoming.when() == AcknowledgeWhen.ACCEPTED) {
            now = new Outcome(Disposition.ACCEPTED, messageId, List.of());
        }
        then.accept(new Acceptance(messageId, now, () -> {}), null);
    }

    @Override
    public CompletableFuture<Outcome> publish(long number, Origin origin, CanonicalBundle bundle) {
        format = origin.format();
        published = bundle;
        outcome = new Outcome(Disposition.PROCESSED, number, bundle.issues());
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletableFuture<Outcome> complete(long number) {
        outcome = new Outcome(Disposition.PROCESSED, number, List.of());
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletableFuture<Outcome> fail(long number, AcknowledgeWhen when, List<Issue> failure) {
        outcome = new Outcome(Disposition.REFUSED, number, failure);
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public void finish(Acceptance acceptance, Outcome ended) {
        // nothing was held
    }
}
