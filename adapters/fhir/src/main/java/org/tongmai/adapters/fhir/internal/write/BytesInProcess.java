package org.tongmai.adapters.fhir.internal.write;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tongmai.adapters.fhir.FhirError;

/** Bounds the bytes of bodies that are in process at once, whoever sent them. */
final class BytesInProcess {
    private static final int KILOBYTE = 1 << 10;

    private final Semaphore kilobytes;
    private final int most;
    private final Duration patience;

    BytesInProcess(int bytes, Duration patience) {
        this.most = bytes / KILOBYTE;
        this.kilobytes = new Semaphore(most, true);
        this.patience = patience;
    }

    /** Room for one body; closed when it is answered. */
    interface Room extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for room.
     *
     * @param bytes as declared, or the most there may be
     */
    Room take(long bytes) {
        int wanted = (int) Math.min(most, bytes / KILOBYTE + 1);
        try {
            if (kilobytes.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return () -> kilobytes.release(wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "found too much in process at once");
    }
}
