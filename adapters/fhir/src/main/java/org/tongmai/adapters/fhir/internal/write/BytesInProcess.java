package org.tongmai.adapters.fhir.internal.write;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;

/**
 * Bounds the requests and the bytes of their bodies that are in process at once. A body takes room as it arrives, so that
 * one that was only announced takes none; no account has more than {@value #SHARE} of four parts of the room or of the
 * places, so that one that is slow or busy leaves some to the others.
 */
final class BytesInProcess {
    private static final int SHARE = 3;
    private static final int PARTS = 4;

    /** How long a body waits for room in the middle: those that hold some may be waiting for the rest, too. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    /** The threads of the server are the console's, too: writers must leave it most of them. */
    private final int mostPlaces;

    private final long mostBytes;
    private final Duration patience;
    private final Map<String, Held> accounts = new HashMap<>();
    private final Held all = new Held();

    BytesInProcess(FhirSettings.Writing limits) {
        this.mostPlaces = limits.maxAtOnce();
        // A body that is allowed has room even where its account may have a part alone.
        this.mostBytes = Math.max(limits.maxBytesInProcess(), (long) limits.maxBytes() * PARTS / SHARE + 1);
        this.patience = limits.patience().compareTo(WAIT) < 0 ? limits.patience() : WAIT;
    }

    private static final class Held {
        private int places;
        private long bytes;
    }

    /** Room for one body; closed when it is answered. */
    interface Room extends AutoCloseable {
        /** Waits for room for bytes that arrived. */
        void more(int bytes);

        @Override
        void close();
    }

    /** A place for a request, without room for its body. */
    synchronized Room take(String account) {
        Held own = accounts.computeIfAbsent(account, any -> new Held());
        if (all.places >= mostPlaces || (long) own.places * PARTS >= (long) mostPlaces * SHARE) {
            throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "found too many requests in process at once");
        }
        own.places++;
        all.places++;
        return new Taken(account, own);
    }

    private synchronized void take(Held own, int bytes) {
        long until = System.nanoTime() + patience.toNanos();
        while (all.bytes + bytes > mostBytes || (own.bytes + bytes) * PARTS > mostBytes * SHARE) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "found too much in process at once");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "the platform is stopping");
            }
        }
        own.bytes += bytes;
        all.bytes += bytes;
    }

    private synchronized void giveBack(String account, Held own, long bytes) {
        own.bytes -= bytes;
        all.bytes -= bytes;
        all.places--;
        if (--own.places == 0) {
            accounts.remove(account);
        }
        notifyAll();
    }

    private final class Taken implements Room {
        private final String account;
        private final Held own;
        private long bytes;

        Taken(String account, Held own) {
            this.account = account;
            this.own = own;
        }

        @Override
        public void more(int count) {
            take(own, count);
            bytes += count;
        }

        @Override
        public void close() {
            giveBack(account, own, bytes);
        }
    }
}
