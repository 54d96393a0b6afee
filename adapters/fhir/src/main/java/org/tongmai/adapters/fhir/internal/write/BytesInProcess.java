package org.tongmai.adapters.fhir.internal.write;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;

/** Bounds the requests and the bytes of their bodies that are in process at once, whoever sent them. */
final class BytesInProcess {
    private static final int KILOBYTE = 1 << 10;

    /** The threads of the server are the console's, too: writers must leave it most of them. */
    private final Semaphore places;

    private final Semaphore kilobytes;
    private final int most;
    private final Duration patience;

    BytesInProcess(FhirSettings.Writing limits) {
        this.places = new Semaphore(limits.maxAtOnce());
        this.most = limits.maxBytesInProcess() / KILOBYTE;
        this.kilobytes = new Semaphore(most, true);
        this.patience = limits.patience();
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
        if (!places.tryAcquire()) {
            throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "found too many requests in process at once");
        }
        try {
            if (kilobytes.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return () -> {
                    kilobytes.release(wanted);
                    places.release();
                };
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        places.release();
        throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "found too much in process at once");
    }
}
