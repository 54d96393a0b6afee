package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.delivery.Subscriptions;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService.Origin;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.OrderingKeys;
import org.tongmai.routes.engine.journal.StoredListener;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.routes.engine.journal.internal.Settlement.Kind;
import org.tongmai.routes.engine.journal.internal.Settlement.Settled;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

/** Brings messages to an end: asks the settling group commit and puts its answers into words. */
final class Settler {
    private final GroupCommit<Settlement, Settled> commit;
    private final Subscriptions subscriptions;
    private final CanonicalStore store;
    private final InFlight inFlight;
    private final List<StoredListener> listeners = new CopyOnWriteArrayList<>();
    private final LongConsumer unsettled;

    /** @param unsettled is told a journalled message that could not be settled and must be taken up again */
    Settler(
            GroupCommit<Settlement, Settled> commit,
            CanonicalStore store,
            Subscriptions subscriptions,
            InFlight inFlight,
            LongConsumer unsettled) {
        this.commit = commit;
        this.store = store;
        this.inFlight = inFlight;
        this.subscriptions = subscriptions;
        this.unsettled = unsettled;
    }

    void addListener(StoredListener listener) {
        listeners.add(listener);
    }

    CompletableFuture<Outcome> publish(long messageId, Origin origin, CanonicalBundle bundle) {
        List<String> destinations = subscriptions.destinationsFor(bundle.topic(), origin.format());
        CanonicalStore.Prepared prepared;
        try {
            prepared = store.prepare(bundle);
        } catch (CodedException e) {
            return CompletableFuture.failedFuture(e);
        }
        Settlement settlement = Settlement.publish(
                messageId,
                new Settlement.Publication(prepared, destinations, origin.maps()),
                inFlight.takeArrival(messageId));
        CompletableFuture<Settled> written = submit(settlement).whenComplete((settled, failure) -> {
            if (failure != null) {
                listeners.forEach(StoredListener::unknown);
            }
        });
        return written.thenApply(settled -> {
            if (settled.repeats() != null) {
                return repeated(settled.repeats());
            }
            requireChanged(settled);
            prepared.committed();
            List<StoredListener.Stored> stored = List.of(
                    new StoredListener.Stored(messageId, OrderingKeys.join(bundle.orderingKeys()), destinations));
            listeners.forEach(listener -> listener.stored(stored));
            return new Outcome(Disposition.PROCESSED, messageId, bundle.issues());
        });
    }

    CompletableFuture<Outcome> complete(long messageId) {
        Settlement settlement =
                new Settlement(messageId, Kind.COMPLETE, null, List.of(), inFlight.takeArrival(messageId));
        return submit(settlement).thenApply(settled -> {
            if (settled.repeats() != null) {
                return repeated(settled.repeats());
            }
            requireChanged(settled);
            return new Outcome(Disposition.PROCESSED, messageId, List.of());
        });
    }

    CompletableFuture<Outcome> fail(long messageId, AcknowledgeWhen when, List<Issue> failure) {
        boolean retryable = failure.get(0).code().retryable();
        if (when == AcknowledgeWhen.ACCEPTED && retryable) {
            unsettled.accept(messageId);
            return CompletableFuture.completedFuture(refused(messageId, failure));
        }
        Kind kind = when == AcknowledgeWhen.ACCEPTED ? Kind.PARK : Kind.REFUSE;
        Arrival arrival = inFlight.takeArrival(messageId);
        Settlement settlement = new Settlement(messageId, kind, null, failure, arrival);
        return submit(settlement)
                .exceptionallyCompose(broken -> {
                    // The row may have come in between, by a commit that went on after its connection broke.
                    boolean rejected = FailureFacts.issues(broken, JournalError.INTERNAL)
                                    .get(0)
                                    .code()
                            == JournalError.REJECTED;
                    return arrival != null && rejected ? submit(settlement) : CompletableFuture.failedFuture(broken);
                })
                .thenApply(settled -> outcomeOf(messageId, settled, failure))
                .exceptionally(broken -> {
                    if (arrival == null) {
                        unsettled.accept(messageId);
                    }
                    return refused(messageId, FailureFacts.issues(broken, JournalError.INTERNAL));
                });
    }

    /** An arrival that was not written comes with the next settlement again. */
    private CompletableFuture<Settled> submit(Settlement settlement) {
        CompletableFuture<Settled> written = commit.submit(settlement);
        if (settlement.arrival() == null) {
            return written;
        }
        return written.whenComplete((settled, failure) -> {
            if (failure != null) {
                inFlight.giveBack(settlement.arrival());
            }
        });
    }

    /** The same message came first, by way of another node or before this one's restart. */
    private static Outcome repeated(Verdict first) {
        if (first instanceof Verdict.Seen seen) {
            return new Outcome(Disposition.DUPLICATE, seen.id(), List.of());
        }
        if (first instanceof Verdict.GivenUp givenUp) {
            return RouteRunner.refused(givenUp.id(), JournalError.POISON);
        }
        return RouteRunner.refused(0, JournalError.IN_PROCESS_ELSEWHERE);
    }

    CompletableFuture<Settled> park(long messageId, Issue cause) {
        return commit.submit(new Settlement(messageId, Kind.PARK, null, List.of(cause), null));
    }

    /** What it is now decides: after a broken commit a message may be stored although its route was told otherwise. */
    private static Outcome outcomeOf(long messageId, Settled settled, List<Issue> failure) {
        if (settled.repeats() != null) {
            return repeated(settled.repeats());
        }
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
}
