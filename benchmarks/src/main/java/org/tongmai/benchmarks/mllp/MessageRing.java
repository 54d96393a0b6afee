package org.tongmai.benchmarks.mllp;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.tongmai.adapters.hospital.mllp.OutboundMessage;
import org.tongmai.adapters.hospital.simulator.Feed;
import org.tongmai.adapters.hospital.simulator.FeedSettings;
import org.tongmai.adapters.hospital.simulator.Hospital;

/**
 * Goes round and round a ring of messages that were made before, giving each a control id of its own, so that making
 * messages does not cost what is measured. Begins to measure after the warm-up.
 */
final class MessageRing implements Iterator<OutboundMessage> {
    private static final int DIGITS = 9;

    private final OutboundMessage[] ring;
    private final int[] numberEnds;
    private final Plan plan;
    private long began;
    private long sequence;
    private volatile long firstMeasured = Long.MAX_VALUE;
    private volatile long measuredSince;

    /**
     * How long the load lasts; whichever of time and count comes first.
     *
     * @param warmupSeconds before anything is measured
     * @param seconds measured time, 0 for no limit
     * @param count measured messages, 0 for no limit
     */
    record Plan(double warmupSeconds, double seconds, long count) {}

    /** @param run first part of the control ids, 1 to 8 letters and digits, never used before */
    MessageRing(String run, int size, long seed, Plan plan) {
        this.plan = plan;
        FeedSettings settings =
                FeedSettings.of(Hospital.A, seed, size).named(run).only(Set.of(FeedSettings.Kind.ADT));
        Feed feed = new Feed(settings);
        ring = new OutboundMessage[size];
        numberEnds = new int[size];
        for (int i = 0; i < size; i++) {
            ring[i] = feed.next();
            numberEnds[i] = endOfControlId(ring[i]);
        }
    }

    @Override
    public boolean hasNext() {
        long now = System.nanoTime();
        if (began == 0) {
            began = now;
        }
        if (firstMeasured == Long.MAX_VALUE) {
            if (now - began < plan.warmupSeconds() * 1e9) {
                return true;
            }
            measuredSince = now;
            firstMeasured = sequence + 1;
        }
        boolean inTime = plan.seconds() == 0 || now - measuredSince < plan.seconds() * 1e9;
        boolean inCount = plan.count() == 0 || sequence + 1 - firstMeasured < plan.count();
        return inTime && inCount;
    }

    @Override
    public OutboundMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int index = (int) (sequence % ring.length);
        sequence++;
        byte[] bytes = ring[index].bytes().clone();
        byte[] id = new byte[ring[index].controlId().length()];
        int end = numberEnds[index];
        long rest = sequence;
        for (int i = 1; i <= DIGITS; i++) {
            bytes[end - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        System.arraycopy(bytes, end - id.length, id, 0, id.length);
        String controlId = new String(id, StandardCharsets.ISO_8859_1);
        return new OutboundMessage(sequence, controlId, ring[index].orderingKey(), bytes);
    }

    /** Says whether a message was sent after the warm-up. */
    boolean isMeasured(OutboundMessage message) {
        return message.sequence() >= firstMeasured;
    }

    /** When measuring began, in nanoseconds of this machine's clock. */
    long measuredSince() {
        return measuredSince;
    }

    private static int endOfControlId(OutboundMessage message) {
        String text = new String(message.bytes(), StandardCharsets.ISO_8859_1);
        return text.indexOf(message.controlId()) + message.controlId().length();
    }
}
