package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.delivery.Subscriptions;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.StoredListener;
import org.tongmai.routes.engine.journal.internal.Settlement.Kind;
import org.tongmai.routes.engine.journal.internal.Settlement.Settled;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

/** Brings messages to an end: asks group commit 2 and puts its answers into words. */
final class Settler {
    private final GroupCommit<Settlement, Settled> commit;
    private final Subscriptions subscriptions;
    private final List<StoredListener> listeners = new CopyOnWriteArrayList<>();
    private final LongConsumer unsettled;

    /** @param unsettled is told a message that could not be settled and must be taken up again */
    Settler(GroupCommit<Settlement, Settled> commit, Subscriptions subscriptions, LongConsumer unsettled) {
        this.commit = commit;
        this.subscriptions = subscriptions;
        this.unsettled = unsettled;
    }

    void addListener(StoredListener listener) {
        listeners.add(listener);
    }

    CompletableFuture<Void> publish(long messageId, CanonicalBundle bundle) {
        List<String> destinations = subscriptions.destinationsFor(bundle.topic());
        Settlement settlement = new Settlement(messageId, Kind.PUBLISH, bundle, destinations, bundle.issues());
        return commit.submit(settlement).thenAccept(settled -> {
            requireChanged(settled);
            List<StoredListener.Stored> stored =
                    List.of(new StoredListener.Stored(messageId, bundle.patientKey(), destinations));
            listeners.forEach(listener -> listener.stored(stored));
        });
    }

    CompletableFuture<Void> complete(long messageId) {
        return commit.submit(new Settlement(messageId, Kind.COMPLETE, null, List.of(), List.of()))
                .thenAccept(Settler::requireChanged);
    }

    CompletableFuture<Outcome> fail(long messageId, AcknowledgeWhen when, List<Issue> failure) {
        boolean retryable = failure.get(0).code().retryable();
        if (when == AcknowledgeWhen.ACCEPTED && retryable) {
            unsettled.accept(messageId);
            return CompletableFuture.completedFuture(refused(messageId, failure));
        }
        Kind kind = when == AcknowledgeWhen.ACCEPTED ? Kind.PARK : Kind.REFUSE;
        return commit.submit(new Settlement(messageId, kind, null, List.of(), failure))
                .thenApply(settled -> outcomeOf(messageId, settled, failure))
                .exceptionally(broken -> {
                    unsettled.accept(messageId);
                    return refused(messageId, issuesOf(broken));
                });
    }

    CompletableFuture<Settled> park(long messageId, Issue cause) {
        return commit.submit(new Settlement(messageId, Kind.PARK, null, List.of(), List.of(cause)));
    }

    /** What it is now decides: after a broken commit a message may be stored although its route was told otherwise. */
    private static Outcome outcomeOf(long messageId, Settled settled, List<Issue> failure) {
        boolean stored = settled.state() == MessageState.STORED || settled.state() == MessageState.DELIVERED;
        return stored ? new Outcome(Disposition.PROCESSED, messageId, List.of()) : refused(messageId, failure);
    }

    private static void requireChanged(Settled settled) {
        if (!settled.changed()) {
            String found =
                    settled.state() == null ? "no message" : settled.state().name();
            throw new CodedException(Issue.of(
                    JournalError.ALREADY_SETTLED, "", "found: " + found + ", expected: RECEIVED or PROCESSING"));
        }
    }

    static Outcome refused(long messageId, List<Issue> issues) {
        return new Outcome(Disposition.REFUSED, messageId, issues);
    }

    static List<Issue> issuesOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded.issues();
            }
        }
        return List.of(Issue.of(JournalError.INTERNAL, "", failure.getClass().getSimpleName()));
    }
}
