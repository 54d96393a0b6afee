package org.tongmai.benchmarks.bundles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tongmai.adapters.hospital.mllp.Acknowledgement;
import org.tongmai.adapters.hospital.mllp.AcknowledgementListener;
import org.tongmai.adapters.hospital.mllp.MllpSender;
import org.tongmai.adapters.hospital.mllp.MllpSenderSettings;
import org.tongmai.adapters.hospital.simulator.Feed;
import org.tongmai.adapters.hospital.simulator.FeedSettings;
import org.tongmai.adapters.hospital.simulator.Hospital;

/** A hospital that sends at a steady rate and notes when each answer came: what it notices of what others do. */
final class NeighbourFeed implements AcknowledgementListener, AutoCloseable {
    private final List<Answer> answers = new ArrayList<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private final MllpSender sender;

    /** When an answer came ({@link System#nanoTime}) and how long it took. */
    private record Answer(long at, long nanos) {}

    /**
     * What was noticed between two times.
     *
     * @param answers how many
     * @param longestMillis the longest any answer took
     * @param gapMillis the longest time without an answer
     */
    record Noticed(int answers, double longestMillis, double gapMillis) {}

    /** Begins to send. */
    NeighbourFeed(int port, double perSecond) {
        String run = Long.toString(System.currentTimeMillis(), 36);
        Feed feed =
                new Feed(FeedSettings.of(Hospital.A, 11, 1_000_000).named(run).only(Set.of(FeedSettings.Kind.ADT)));
        sender = new MllpSender(
                MllpSenderSettings.to("127.0.0.1", port).pipelined(8, 1).atRate(perSecond), feed, this);
        sender.start();
    }

    @Override
    public synchronized void acknowledged(Acknowledgement answer) {
        answers.add(new Answer(System.nanoTime(), answer.nanos()));
        codes.merge(answer.code(), 1L, Long::sum);
    }

    /** Answers by code, of the whole feed. */
    synchronized Map<String, Long> codes() {
        return new TreeMap<>(codes);
    }

    synchronized Noticed between(long from, long to) {
        long last = from;
        long gap = 0;
        long longest = 0;
        int count = 0;
        for (Answer answer : answers) {
            if (answer.at() >= from && answer.at() <= to) {
                count++;
                longest = Math.max(longest, answer.nanos());
                gap = Math.max(gap, answer.at() - last);
                last = answer.at();
            }
        }
        return new Noticed(count, longest / 1e6, Math.max(gap, to - last) / 1e6);
    }

    /** Sends no more; what is unanswered then is not counted. */
    @Override
    public void close() {
        sender.close();
    }
}
