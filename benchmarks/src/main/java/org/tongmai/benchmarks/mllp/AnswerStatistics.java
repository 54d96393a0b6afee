package org.tongmai.benchmarks.mllp;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.tongmai.adapters.hospital.mllp.Acknowledgement;
import org.tongmai.adapters.hospital.mllp.AcknowledgementListener;

/** Counts the answers and keeps the times of the measured ones; written by the sender's thread, read when it is done. */
final class AnswerStatistics implements AcknowledgementListener {
    private static final long LONGEST_MICROS = 600_000_000L;

    private final MessageRing ring;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Map<String, Long> codes = new TreeMap<>();
    private long all;
    private long resent;
    private long lastAt;

    AnswerStatistics(MessageRing ring) {
        this.ring = ring;
    }

    @Override
    public synchronized void acknowledged(Acknowledgement answer) {
        all++;
        codes.merge(answer.code(), 1L, Long::sum);
        if (answer.attempts() > 1) {
            resent++;
        }
        if (ring.isMeasured(answer.message())) {
            micros.recordValue(Math.min(LONGEST_MICROS, answer.nanos() / 1000));
            lastAt = System.nanoTime();
        }
    }

    synchronized long all() {
        return all;
    }

    synchronized long resent() {
        return resent;
    }

    synchronized Map<String, Long> codes() {
        return new TreeMap<>(codes);
    }

    /** Messages a second from the first measured message to the last measured answer. */
    synchronized double perSecond() {
        return micros.getTotalCount() / Math.max(1e-9, seconds());
    }

    synchronized double seconds() {
        return (lastAt - ring.measuredSince()) / 1e9;
    }

    synchronized long measured() {
        return micros.getTotalCount();
    }

    /** The time of which a percentage of answers was not longer, in milliseconds. */
    synchronized double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    synchronized double longestMillis() {
        return micros.getMaxValue() / 1000.0;
    }
}
