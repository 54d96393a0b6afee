package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService.Acceptance;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

/**
 * Takes messages in. One that is answered when processed is written once, with what became of it; any other one is made
 * durable first.
 */
final class Intake {
    private static final int ASK_AGAIN = 3;

    private final GroupCommit<Arrival, Verdict> commit;
    private final InFlight inFlight;
    private final KeyedWorkers workers;
    private final RouteRunner runner;
    private final JournalSettings settings;
    private final MessageIds ids;

    Intake(GroupCommit<Arrival, Verdict> commit, Under under, JournalSettings settings, MessageIds ids) {
        this.ids = ids;
        this.commit = commit;
        this.inFlight = under.inFlight();
        this.workers = under.workers();
        this.runner = under.runner();
        this.settings = settings;
    }

    /** What messages under way need. */
    record Under(InFlight inFlight, KeyedWorkers workers, RouteRunner runner) {}

    /** @param then what goes on with it, on the worker of its ordering key */
    void accept(Arrival arrival, BiConsumer<Acceptance, Throwable> then) {
        InFlight.Room room = inFlight.room(arrival.message.raw().length);
        CompletableFuture<Acceptance> answer = new CompletableFuture<>();
        // Before any task is handed over: what is attached to a completed future runs where it is attached.
        // A future would keep what the route throws to itself.
        answer.whenComplete((acceptance, failure) ->
                LastingWork.task(() -> then.accept(acceptance, failure)).run());
        if (room == null) {
            answer.completeExceptionally(new CodedException(
                    Issue.of(JournalError.QUEUE_FULL, "", "expected: at most " + settings.inFlight())));
            return;
        }
        Asking asking = new Asking(arrival, room, answer);
        if (arrival.when == AcknowledgeWhen.PROCESSED && !arrival.refused()) {
            workers.execute(asking.keys(), () -> process(asking));
        } else {
            ask(asking, 1);
        }
    }

    /** Begins with nothing written; numbers of each ordering key rise, because its tasks take turns. */
    private void process(Asking asking) {
        Arrival arrival = asking.arrival;
        arrival.id = ids.next();
        long first = inFlight.begin(arrival);
        if (first == 0) {
            asking.answer.complete(new Acceptance(arrival.id, null, asking.room::release));
        } else {
            arrival.id = 0;
            await(asking, first, 1);
        }
    }

    private void ask(Asking asking, int time) {
        commit.submit(asking.arrival).whenComplete((verdict, failure) -> {
            if (failure != null) {
                long id = asking.arrival.id;
                inFlight.finish(id, Settler.refused(0, FailureFacts.issues(failure, JournalError.INTERNAL)));
                asking.room.release();
                workers.executeHeld(asking.key(), () -> asking.answer.completeExceptionally(failure));
            } else {
                if (!(verdict instanceof Verdict.Fresh)) {
                    // A first try of the batch may have begun what the second found to be known.
                    inFlight.finish(asking.arrival.id, RouteRunner.refused(0, JournalError.IN_PROCESS_ELSEWHERE));
                }
                decide(asking, verdict, time);
            }
        });
    }

    private void decide(Asking asking, Verdict verdict, int time) {
        if (verdict instanceof Verdict.Fresh fresh) {
            begin(asking, fresh.id());
        } else if (verdict instanceof Verdict.Refused refused) {
            reply(asking, Settler.refused(refused.id(), refused.issues()));
        } else if (verdict instanceof Verdict.Seen seen) {
            reply(asking, new Outcome(Disposition.DUPLICATE, seen.id(), List.of()));
        } else if (verdict instanceof Verdict.GivenUp givenUp) {
            reply(asking, RouteRunner.refused(givenUp.id(), JournalError.POISON));
        } else if (verdict instanceof Verdict.UnderWay underWay) {
            await(asking, underWay.id(), time);
        } else {
            askAgain(asking, 0, time);
        }
    }

    private void begin(Asking asking, long id) {
        if (asking.arrival.when == AcknowledgeWhen.PROCESSED) {
            workers.execute(
                    asking.keys(), () -> asking.answer.complete(new Acceptance(id, null, asking.room::release)));
            return;
        }
        workers.executeHeld(
                asking.key(),
                () -> asking.answer.complete(
                        new Acceptance(id, new Outcome(Disposition.ACCEPTED, id, List.of()), () -> {})));
        Arrival arrival = asking.arrival;
        var journalled = new RouteRunner.Journalled(id, arrival.feed, arrival.message, arrival.when);
        workers.execute(asking.keys(), () -> runner.run(journalled).thenAccept(outcome -> {
            inFlight.finish(id, outcome);
            asking.room.release();
        }));
    }

    /** The first is under way: its answer is ours, if it comes in time. */
    private void await(Asking asking, long firstId, int time) {
        CompletableFuture<Outcome> first = inFlight.outcomeOf(firstId);
        if (first == null) {
            askAgain(asking, firstId, time);
            return;
        }
        first.copy()
                .orTimeout(settings.duplicateWait().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((outcome, late) -> {
                    if (late != null) {
                        reply(asking, RouteRunner.refused(firstId, JournalError.IN_PROCESS_ELSEWHERE));
                    } else if (outcome.positive()) {
                        // Asked once more so that the ledger counts it, with the first settled.
                        askAgain(asking, firstId, 1);
                    } else {
                        reply(asking, outcome);
                    }
                });
    }

    private void askAgain(Asking asking, long first, int time) {
        if (time >= ASK_AGAIN) {
            reply(asking, RouteRunner.refused(first, JournalError.IN_PROCESS_ELSEWHERE));
            return;
        }
        ask(asking, time + 1);
    }

    private void reply(Asking asking, Outcome outcome) {
        asking.room.release();
        // Not held back with its key: an answer changes nothing that must be in order.
        workers.executeHeld(
                asking.key(), () -> asking.answer.complete(new Acceptance(outcome.messageId(), outcome, () -> {})));
    }

    private record Asking(Arrival arrival, InFlight.Room room, CompletableFuture<Acceptance> answer) {
        String key() {
            return arrival.message.keys().orderingKey();
        }

        List<String> keys() {
            return arrival.message.keys().orderingKeys();
        }
    }
}
