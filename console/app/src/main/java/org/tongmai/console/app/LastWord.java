package org.tongmai.console.app;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.standards.error.FailureFacts;

/**
 * Has the last word when something ends a thread: it is logged with a code and never with its text. When the virtual
 * machine itself has failed, the process ends at once with {@value #MACHINE_FAILED}, as if it had been killed: whatever
 * was acknowledged is in the journal, and who supervises the process starts it again.
 */
final class LastWord implements Thread.UncaughtExceptionHandler {
    /** EX_SOFTWARE of {@code sysexits.h}. */
    static final int MACHINE_FAILED = 70;

    private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);

    private final IntConsumer end;

    /** @param end ends the process with an exit status */
    LastWord(IntConsumer end) {
        this.end = end;
    }

    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new LastWord(Runtime.getRuntime()::halt));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        boolean machine = FailureFacts.isMachineFailure(failure);
        try {
            LOG.error(
                    "{} {}: {}",
                    (machine ? AppError.MACHINE_FAILED : AppError.THREAD_ENDED).code(),
                    thread.getName(),
                    FailureFacts.place(failure));
        } finally {
            if (machine) {
                end.accept(MACHINE_FAILED);
            }
        }
    }
}
