package org.tongmai.routes.engine.gateway.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.chain.CallWatch;
import org.tongmai.routes.engine.gateway.chain.Passage;
import org.tongmai.routes.engine.gateway.rules.LogRule;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Writes calls of services whose {@link LogRule} asks for it, one line of JSON each, to the logger {@value #LOGGER} and to no
 * other. A thread of its own masks and writes; a call never waits for it. What finds no room is not written: it is counted,
 * by the meter {@code tongmai.gateway.access-log.lost} and by a line of the log that says how many there were.
 */
public final class AccessLog implements CallWatch, AutoCloseable {
    /** Where the lines go; its appender is a file of its own. */
    public static final String LOGGER = "tongmai.access";

    /** Bytes of a content that are looked at. */
    static final int MOST_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};
    private static final Logger LINES = LoggerFactory.getLogger(LOGGER);
    private static final long POLL_MILLISECONDS = 200;
    private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(20);

    private final CallWatch next;
    private final Room room;
    private final Counter lost;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final BlockingQueue<AccessLine> waiting;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * How much may wait to be written.
     *
     * @param lines calls
     * @param bytes of their contents together
     */
    public record Room(int lines, long bytes) {
        /** 20 000 calls, 32 MB. */
        public static final Room DEFAULT = new Room(20_000, 32L * 1024 * 1024);
    }

    /** @param next told of every call first; its answer is ours */
    public AccessLog(CallWatch next, Room room, MeterRegistry meters) {
        this.next = next;
        this.room = room;
        this.waiting = new ArrayBlockingQueue<>(room.lines());
        this.lost = Counter.builder("tongmai.gateway.access-log.lost").register(meters);
        this.thread = LastingWork.thread("gateway-access-log", this::write, () -> {});
        thread.start();
    }

    @Override
    public void ready() {
        next.ready();
    }

    @Override
    public CompletableFuture<Void> ended(Passage passage, HttpAnswer answer, Issue refusal) {
        LogRule rule =
                passage.service() == null ? null : passage.service().rule().log();
        if (rule != null && rule.level() != LogRule.Level.NONE) {
            offer(line(passage, answer, refusal, rule.level()));
        }
        return next.ended(passage, answer, refusal);
    }

    private static AccessLine line(Passage passage, HttpAnswer answer, Issue refusal, LogRule.Level level) {
        HttpAnswer shown = passage.clearAnswer() == null ? answer : passage.clearAnswer();
        boolean in = level != LogRule.Level.OUT;
        boolean out = level != LogRule.Level.IN && refusal == null;
        HttpCall asked = passage.forwarded();
        return new AccessLine(
                Instant.now(),
                AccessLine.Call.of(passage),
                new AccessLine.Outcome(
                        answer.status(),
                        refusal == null ? "" : refusal.code().code(),
                        TimeUnit.NANOSECONDS.toMicros(passage.elapsed())),
                in ? content(asked.content(), asked.fields()) : null,
                out ? content(shown.content(), shown.fields()) : null);
    }

    private static AccessLine.Content content(HttpContent content, HttpFields fields) {
        byte[] kept = content.isHeld() ? content.bytes() : NOTHING;
        kept = kept.length > MOST_BYTES ? Arrays.copyOf(kept, MOST_BYTES) : kept;
        return new AccessLine.Content(fields.first("content-type").orElse(""), kept, content.length());
    }

    private void offer(AccessLine line) {
        long size = line.bytes();
        if (bytes.addAndGet(size) > room.bytes() || !waiting.offer(line)) {
            bytes.addAndGet(-size);
            lost.increment();
            unsaid.incrementAndGet();
        }
    }

    private void write() {
        while (!closing || !waiting.isEmpty()) {
            AccessLine line;
            try {
                line = waiting.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            sayLost();
            for (; line != null; line = waiting.poll()) {
                bytes.addAndGet(-line.bytes());
                LINES.info(line.json());
            }
            LockSupport.parkNanos(GATHERING); // to be woken for each line would cost its call more than the line
        }
    }

    private void sayLost() {
        long many = unsaid.getAndSet(0);
        if (many > 0) {
            LINES.info("{\"at\":\"" + Instant.now() + "\",\"lost\":" + many + "}");
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
