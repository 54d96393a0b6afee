package org.tongmai.routes.engine.gateway.chain;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.call.Asking;
import org.tongmai.routes.engine.gateway.replay.NonceLedger;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.ProblemJson;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.LargeContents;

/**
 * Takes a call from the door to its answer: found, judged, claimed, called, answered. No thread waits: not for the
 * database, not for the service.
 */
public final class GatewayChain implements LargeContents {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayChain.class);

    private final Supplier<RulesInForce> rules;
    private final NonceLedger nonces;
    private final CallWatch watch;

    /**
     * @param rules those in force when a call begins
     * @param nonces what sees to it that signed calls pass once
     * @param watch keeps a record of every call
     */
    public GatewayChain(Supplier<RulesInForce> rules, NonceLedger nonces, CallWatch watch) {
        this.rules = rules;
        this.nonces = nonces;
        this.watch = watch;
    }

    /**
     * @param passage the call
     * @param done told the answer once, whatever happens; refusals are answers too
     */
    public void pass(Passage passage, BiConsumer<HttpAnswer, Throwable> done) {
        answered(passage, done, () -> {
            watch.ready();
            RulesInForce now = rules.get();
            now.admit(passage);
            HttpAnswer preflight = now.preflight(passage).orElse(null);
            if (preflight != null) {
                answer(passage, preflight, null, done);
                return;
            }
            PublishedService service = entered(passage);
            service.admit(passage);
            then(passage, done, service.proven(passage), () -> proven(passage, done));
        });
    }

    /** Who calls is known before anything of the content is opened, split or screened: that is the dear part. */
    private void proven(Passage passage, BiConsumer<HttpAnswer, Throwable> done) {
        PublishedService service = passage.service();
        then(
                passage,
                done,
                service.known(passage),
                () -> then(passage, done, service.passed(passage), () -> once(passage, done)));
    }

    /** Goes on when a step is done: at once, or on the connection's thread where it had to wait. */
    private void then(
            Passage passage, BiConsumer<HttpAnswer, Throwable> done, CompletableFuture<Void> step, Runnable next) {
        if (step.isDone() && !step.isCompletedExceptionally()) {
            next.run();
            return;
        }
        step.whenCompleteAsync(
                (nothing, failure) -> answered(passage, done, () -> {
                    if (failure == null) {
                        next.run();
                    } else {
                        refuse(passage, coded(failure), done);
                    }
                }),
                passage.connectionThread());
    }

    @Override
    public long most(String door, HttpCall head) {
        Passage passage = new Passage(GatewayKind.valueOf(door.toUpperCase(Locale.ROOT)), head, Runnable::run);
        try {
            RulesInForce now = rules.get();
            now.admit(passage);
            return now.find(passage).mostLarge(passage);
        } catch (CodedException refused) {
            // And it is refused for that where it comes with no more than is held in memory.
            return refused.retryable() ? LATER : 0;
        }
    }

    /** From here to its answer the call counts for its service's route, so that it does not go. */
    private PublishedService entered(Passage passage) {
        while (true) {
            PublishedService service = rules.get().find(passage);
            // A route closes only when rules without it are in force: then those are looked into.
            if (passage.found(service)) {
                return service;
            }
        }
    }

    private void once(Passage passage, BiConsumer<HttpAnswer, Throwable> done) {
        if (passage.service().passesOnce()) {
            claimed(passage)
                    .whenCompleteAsync(
                            (first, failure) -> answered(passage, done, () -> claimed(passage, first, failure, done)),
                            passage.connectionThread());
        } else {
            call(passage, done);
        }
    }

    /** Whatever a step throws, the caller gets an answer. */
    private void answered(Passage passage, BiConsumer<HttpAnswer, Throwable> done, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) { // an Error of a step too: nobody is left without an answer
            refuse(passage, coded(e), done);
            if (FailureFacts.isMachineFailure(e)) {
                throw e;
            }
        }
    }

    private CompletableFuture<Boolean> claimed(Passage passage) {
        Passage.Nonce nonce = passage.nonce();
        return nonces.claim(passage.numberedBy(), nonce.value(), Instant.ofEpochMilli(nonce.at()));
    }

    private void claimed(Passage passage, Boolean first, Throwable failure, BiConsumer<HttpAnswer, Throwable> done) {
        if (failure != null) {
            refuse(passage, coded(failure), done);
        } else if (!first) {
            refuse(passage, new Refused(GatewayError.REPLAYED, "", ""), done);
        } else {
            call(passage, done);
        }
    }

    private void call(Passage passage, BiConsumer<HttpAnswer, Throwable> done) {
        PublishedService service = passage.service();
        service.count(passage);
        if (service.describes(passage.received())) {
            HttpAnswer description = service.binding().orElseThrow().described(passage.received());
            answer(passage, traced(passage, description), null, done);
            return;
        }
        String application =
                passage.application() == null ? "" : passage.application().id();
        passage.forward(service.forwarded(passage));
        Asking asking =
                new Asking(passage.forwarded(), application, passage.received().fields());
        service.calling().call(asking, (answer, failure) -> {
            if (failure == null) {
                passage.servedWith(answer.content());
                answered(passage, done, () -> judged(passage, answer, done));
            } else {
                refuse(passage, coded(failure), done);
            }
        });
    }

    private void judged(Passage passage, HttpAnswer answer, BiConsumer<HttpAnswer, Throwable> done) {
        CompletableFuture<HttpAnswer> judging = passage.service().judged(passage, answer);
        BiConsumer<HttpAnswer, Throwable> step =
                (judged, failure) -> answered(passage, done, () -> judged(passage, judged, failure, done));
        if (judging.isDone()) {
            judging.whenComplete(step);
        } else { // not on the thread of whoever knows whose it is
            judging.whenCompleteAsync(step, passage.connectionThread());
        }
    }

    private void judged(Passage passage, HttpAnswer judged, Throwable failure, BiConsumer<HttpAnswer, Throwable> done) {
        if (failure == null) {
            answer(passage, traced(passage, judged), null, done);
        } else {
            refuse(passage, coded(failure), done);
        }
    }

    private static HttpAnswer traced(Passage passage, HttpAnswer answer) {
        return answer.with(answer.fields().with(ContentGuard.TRACE_FIELD, passage.trace()));
    }

    private void refuse(Passage passage, CodedException why, BiConsumer<HttpAnswer, Throwable> done) {
        Issue issue = why.issues().get(0);
        HttpAnswer answer = problem(issue, passage);
        answer(passage, Challenges.with(answer, issue), issue, done);
    }

    /** Nobody gets an answer that left no record, unless the service's rule says that it need not be durable yet. */
    private void answer(Passage passage, HttpAnswer answer, Issue refusal, BiConsumer<HttpAnswer, Throwable> done) {
        passage.served();
        PublishedService service = passage.service();
        HttpAnswer marked = service == null ? answer : service.marked(passage, answer);
        CompletableFuture<Void> record = recorded(passage, marked, refusal);
        boolean waits = service == null || service.recordsFirst();
        if (!waits && !record.isCompletedExceptionally()) {
            // Behind this step, so that a failure of whoever is told is not taken for one of the call and told again.
            passage.connectionThread().execute(() -> tell(passage, marked, done));
            return;
        }
        record.whenCompleteAsync(
                (kept, failure) ->
                        tell(passage, failure == null ? marked : notRecorded(passage, refusal, failure), done),
                passage.connectionThread());
    }

    private static void tell(Passage passage, HttpAnswer answer, BiConsumer<HttpAnswer, Throwable> done) {
        passage.told(answer.content());
        done.accept(answer, null);
    }

    /** Who is told to come again would have the service do twice what it did. */
    private static HttpAnswer notRecorded(Passage passage, Issue refusal, Throwable failure) {
        Issue why = refusal == null
                ? Issue.of(GatewayError.DONE_NOT_RECORDED, passage.service().id(), "")
                : AuditedCalls.notKept(failure).issues().get(0);
        return problem(why, passage);
    }

    private CompletableFuture<Void> recorded(Passage passage, HttpAnswer answer, Issue refusal) {
        try {
            return watch.ended(passage, answer, refusal);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Classes and lines are for who runs the node, not for callers. */
    private static CodedException coded(Throwable failure) {
        Throwable cause = FailureFacts.unwrapped(failure);
        if (cause instanceof CodedException coded) {
            return coded;
        }
        LOG.error("a call failed in the gateway: {}", FailureFacts.place(cause));
        return new CodedException(Issue.of(GatewayError.SERVICE_FAILED, "", ""), cause);
    }

    /** Codes, places and details are ours and hold nothing of a request but names of fields and services. */
    private static HttpAnswer problem(Issue issue, Passage passage) {
        passage.refused(issue);
        HttpFields fields =
                HttpFields.of("content-type", ProblemJson.MEDIA_TYPE, ContentGuard.TRACE_FIELD, passage.trace());
        HttpAnswer problem = new HttpAnswer(
                issue.code().wire().httpStatus(),
                issue.code().retryable() ? fields.with("retry-after", "1") : fields,
                ProblemJson.of(issue, passage.trace()));
        return BindingGuard.told(passage, problem);
    }
}
