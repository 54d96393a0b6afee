package org.tongmai.adapters.hl7mllp.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** One message on its way out, and whoever waits for its answer. Used on the pool's one thread. */
final class Call {
    private final byte[] content;
    private final String controlId;
    private final Expected expected;
    private final CompletableFuture<Answer> done;
    private ScheduledFuture<?> timer;

    /** What the sender of the message may expect. */
    enum Expected {
        ANSWER,
        /** MSH-15 and MSH-16 both say NE: being written is all there is to know. */
        NOTHING
    }

    Call(byte[] content, String controlId, Expected expected, CompletableFuture<Answer> done) {
        this.content = content;
        this.controlId = controlId;
        this.expected = expected;
        this.done = done;
    }

    byte[] content() {
        return content;
    }

    String controlId() {
        return controlId;
    }

    Expected expected() {
        return expected;
    }

    void timedBy(ScheduledFuture<?> newTimer) {
        timer = newTimer;
    }

    boolean finished() {
        return done.isDone();
    }

    void answered(Answer answer) {
        stopTimer();
        done.complete(answer);
    }

    void fail(MllpError error, String detail) {
        fail(error, detail, null);
    }

    void fail(MllpError error, String detail, Throwable cause) {
        stopTimer();
        done.completeExceptionally(new CodedException(Issue.of(error, "", detail), cause));
    }

    /** Runs when the call fails while its connection still waits. */
    void whenGivenUp(Runnable action) {
        done.whenComplete((nothing, failure) -> {
            if (failure != null) {
                action.run();
            }
        });
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
