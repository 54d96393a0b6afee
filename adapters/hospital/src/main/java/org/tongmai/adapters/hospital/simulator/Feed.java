package org.tongmai.adapters.hospital.simulator;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.tongmai.adapters.hospital.mllp.OutboundMessage;
import org.tongmai.adapters.hospital.simulator.internal.District;

/**
 * The messages of one hospital in the order they happen: registrations, admissions, transfers, updates, cancellations,
 * discharges, results and merges. Used by one thread at a time.
 *
 * <pre>{@code
 * Feed feed = new Feed(FeedSettings.of(Hospital.A, 42, 10_000));
 * while (feed.hasNext()) { send(feed.next().bytes()); }
 * }</pre>
 */
public final class Feed implements Iterator<OutboundMessage> {
    private final FeedSettings settings;
    private final District district;
    private long sequence;

    public Feed(FeedSettings settings) {
        this.settings = settings;
        this.district = new District(settings);
    }

    @Override
    public boolean hasNext() {
        return sequence < settings.limit();
    }

    @Override
    public OutboundMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        District.Played played = district.next();
        while (!settings.kinds().contains(played.kind())) {
            played = district.next();
        }
        sequence++;
        return new OutboundMessage(sequence, played.controlId(), played.person(), played.bytes());
    }
}
