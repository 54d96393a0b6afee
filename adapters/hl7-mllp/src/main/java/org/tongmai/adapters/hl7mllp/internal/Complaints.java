package org.tongmai.adapters.hl7mllp.internal;

import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.hl7mllp.MllpError;

/**
 * The log lines of one listener about peers that misbehave: the first of a kind is written at once, further ones are
 * counted and told of once a minute, so that whoever opens connections by the thousand does not fill the disk.
 */
public final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long INTERVAL_SECONDS = 60;

    private final long intervalNanos;
    private final Map<String, Long> unsaid = new ConcurrentHashMap<>();

    public Complaints() {
        this(TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS));
    }

    Complaints(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /**
     * @param detail what was found, of a bounded number of kinds: no address, no content
     * @param peer address of the peer
     * @param timer runs the summary
     */
    void about(MllpError error, String detail, Object peer, EventExecutor timer) {
        String kind = error.code() + (detail.isEmpty() ? "" : " " + detail);
        if (unsaid.merge(kind, 0L, (said, none) -> said + 1) == 0) {
            LOG.warn("{} {}: {}", kind, peer, error.summary());
            timer.schedule(() -> sum(kind, timer), intervalNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Tells how many there were; goes on counting while there are any. */
    private void sum(String kind, EventExecutor timer) {
        Long more = unsaid.remove(kind);
        if (more != null && more > 0) {
            LOG.warn("{} {} more times within {} s", kind, more, TimeUnit.NANOSECONDS.toSeconds(intervalNanos));
            unsaid.put(kind, 0L);
            timer.schedule(() -> sum(kind, timer), intervalNanos, TimeUnit.NANOSECONDS);
        }
    }
}
