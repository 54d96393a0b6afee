package org.tongmai.console.server.audit;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What reads much of the audit log, one after the other: it shares a few connections with what writes the log, and nothing is
 * done that is not written. Who comes while a few wait, or has waited too long, is refused.
 */
final class InTurn {
    private static final int MOST_WAITING = 3;
    private static final int PATIENCE_SECONDS = 30;

    private final Semaphore turn = new Semaphore(1, true);

    /** @throws CodedException {@link ConsoleError#AUDIT_BUSY} */
    <T> T run(Supplier<T> work) {
        if (waiting() >= MOST_WAITING || !acquired()) {
            throw new CodedException(Issue.of(ConsoleError.AUDIT_BUSY, "", ""));
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    int waiting() {
        return turn.getQueueLength();
    }

    private boolean acquired() {
        try {
            return turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
