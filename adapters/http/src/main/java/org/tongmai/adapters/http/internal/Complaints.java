package org.tongmai.adapters.http.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.standards.error.CodedException;

/** Log lines about peers that misbehave: the first of a kind, then one a minute, so that an attacker fills no disk. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long BETWEEN = TimeUnit.MINUTES.toNanos(1);
    private static final Map<HttpError, Long> LAST = new ConcurrentHashMap<>();

    private Complaints() {}

    /** What a failure is, of whatever was said of it: no word of a peer. */
    static String kind(Throwable failure) {
        return failure instanceof CodedException coded
                ? coded.code().code() + " " + coded.issues().get(0).detail()
                : failure.getClass().getSimpleName();
    }

    static void about(HttpError error, String detail) {
        long now = System.nanoTime();
        Long[] said = {null};
        LAST.compute(error, (kind, last) -> {
            if (last == null || now - last > BETWEEN) {
                said[0] = now;
                return now;
            }
            return last;
        });
        if (said[0] != null) {
            LOG.warn("{} {} ({})", error.code(), error.summary(), detail);
        }
    }
}
