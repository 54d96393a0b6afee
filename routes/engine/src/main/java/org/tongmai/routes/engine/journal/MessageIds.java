package org.tongmai.routes.engine.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers messages. A number is 53 bits, so that JavaScript reads it exactly: 31 bits of seconds since
 * 2024-01-01T00:00+08:00, 6 bits of node, 16 bits of sequence. It grows with time, is unique over 64 nodes, and tells its
 * day, so a number alone finds its partition.
 *
 * <p>Days are days of UTC+8, all year: the day the people mean who search, and a boundary that falls into the night.
 * More than 65 536 numbers in a second run into the next one.
 */
public final class MessageIds {
    /** Where days begin and end. */
    public static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

    /** The highest number of nodes. */
    public static final int NODES = 64;

    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
    private static final long EPOCH = FIRST_DAY.atStartOfDay().toEpochSecond(ZONE);
    private static final int SEQUENCE_BITS = 16;
    private static final int SECOND_SHIFT = 22;
    private static final int SECONDS_A_DAY = 86_400;

    private final long node;
    private final Clock clock;
    private final AtomicLong last;

    /**
     * @param node 0 to 63, of one running node only
     * @param floor the highest number known: later ones are of a later second, also when the clock was set back
     * @param clock tells the time
     */
    public MessageIds(int node, long floor, Clock clock) {
        if (node < 0 || node >= NODES) {
            throw new IllegalArgumentException("node: " + node + " (expected: 0 to 63)");
        }
        this.node = (long) node << SEQUENCE_BITS;
        this.clock = clock;
        this.last = new AtomicLong(((floor >> SECOND_SHIFT) + 1) << SEQUENCE_BITS);
    }

    public long next() {
        long now = (clock.millis() / 1000 - EPOCH) << SEQUENCE_BITS;
        long tick = last.accumulateAndGet(now, (previous, current) -> Math.max(previous + 1, current));
        long second = tick >> SEQUENCE_BITS;
        return second << SECOND_SHIFT | node | tick & 0xffff;
    }

    /** The day whose partition holds the message; the same as {@code message_day(id)} in SQL. */
    public static LocalDate dayOf(long id) {
        return FIRST_DAY.plusDays((id >> SECOND_SHIFT) / SECONDS_A_DAY);
    }

    /** The smallest number a message of this instant may have. */
    public static long firstOf(Instant instant) {
        return Math.max(0, instant.getEpochSecond() - EPOCH) << SECOND_SHIFT;
    }

    /** The smallest number of the day. */
    public static long firstOf(LocalDate day) {
        return firstOf(day.atStartOfDay().toInstant(ZONE));
    }
}
