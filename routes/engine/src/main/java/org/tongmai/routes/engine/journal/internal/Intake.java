package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService.Acceptance;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.routes.engine.journal.internal.Arrival.Verdict;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

/** Takes messages in: asks group commit 1 and decides what each has to do next. */
final class Intake {
    private static final int ASK_AGAIN = 3;

    private final GroupCommit<Arrival, Verdict> commit;
    private final InFlight inFlight;
    private final KeyedWorkers workers;
    private final RouteRunner runner;
    private final JournalSettings settings;

    Intake(GroupCommit<Arrival, Verdict> commit, Under under, JournalSettings settings) {
        this.commit = commit;
        this.inFlight = under.inFlight();
        this.workers = under.workers();
        this.runner = under.runner();
        this.settings = settings;
    }

    /** What messages under way need. */
    record Under(InFlight inFlight, KeyedWorkers workers, RouteRunner runner) {}

    CompletableFuture<Acceptance> accept(Arrival arrival) {
        InFlight.Room room = inFlight.room(arrival.message.raw().length);
        CompletableFuture<Acceptance> answer = new CompletableFuture<>();
        if (room == null) {
            answer.completeExceptionally(new CodedException(
                    Issue.of(JournalError.QUEUE_FULL, "", "expected: at most " + settings.inFlight())));
            return answer;
        }
        ask(new Asking(arrival, room, answer), 1);
        return answer;
    }

    private void ask(Asking asking, int time) {
        commit.submit(asking.arrival).whenComplete((verdict, failure) -> {
            if (failure != null) {
                long id = asking.arrival.id;
                inFlight.finish(id, Settler.refused(0, Settler.issuesOf(failure)));
                asking.room.release();
                workers.executeHeld(asking.key(), () -> asking.answer.completeExceptionally(failure));
            } else {
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
            await(asking, underWay, time);
        } else {
            askAgain(asking, 0, time);
        }
    }

    private void begin(Asking asking, long id) {
        if (asking.arrival.when == AcknowledgeWhen.PROCESSED) {
            workers.execute(asking.key(), () -> asking.answer.complete(new Acceptance(id, null, asking.room::release)));
            return;
        }
        workers.executeHeld(
                asking.key(),
                () -> asking.answer.complete(
                        new Acceptance(id, new Outcome(Disposition.ACCEPTED, id, List.of()), () -> {})));
        Arrival arrival = asking.arrival;
        var journalled = new RouteRunner.Journalled(id, arrival.feed, arrival.message, arrival.when);
        workers.execute(asking.key(), () -> runner.run(journalled).thenAccept(outcome -> {
            inFlight.finish(id, outcome);
            asking.room.release();
        }));
    }

    /** The first is under way: its answer is ours, if it comes in time. */
    private void await(Asking asking, Verdict.UnderWay underWay, int time) {
        CompletableFuture<Outcome> first = inFlight.outcomeOf(underWay.id());
        if (first == null) {
            askAgain(asking, underWay.id(), time);
            return;
        }
        first.copy()
                .orTimeout(settings.duplicateWait().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((outcome, late) -> {
                    if (late != null) {
                        reply(asking, RouteRunner.refused(underWay.id(), JournalError.IN_PROCESS_ELSEWHERE));
                    } else if (outcome.positive()) {
                        // Asked once more so that the ledger counts it, with the first settled.
                        askAgain(asking, underWay.id(), 1);
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
    }
}
