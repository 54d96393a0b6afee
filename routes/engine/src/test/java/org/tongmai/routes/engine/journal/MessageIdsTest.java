package org.tongmai.routes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    private static final Instant LATE_EVENING_UTC = Instant.parse("2026-11-20T15:59:59Z");
    private static final Instant MIDNIGHT_IN_CHINA = Instant.parse("2026-11-20T16:00:00Z");

    @Test
    void a_number_tells_its_day_in_china() {
        assertThat(MessageIds.dayOf(idsAt(LATE_EVENING_UTC, 0).next())).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(MessageIds.dayOf(idsAt(MIDNIGHT_IN_CHINA, 0).next())).isEqualTo(LocalDate.of(2026, 11, 21));
    }

    @Test
    void numbers_grow_and_never_repeat_also_beyond_65536_a_second() {
        MessageIds ids = idsAt(LATE_EVENING_UTC, 0);
        long[] numbers = LongStream.range(0, 200_000).map(i -> ids.next()).toArray();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void two_nodes_never_give_the_same_number() {
        MessageIds one = new MessageIds(1, 0, fixed(LATE_EVENING_UTC));
        MessageIds two = new MessageIds(2, 0, fixed(LATE_EVENING_UTC));
        assertThat(LongStream.range(0, 1000).map(i -> one.next()).toArray())
                .doesNotContain(LongStream.range(0, 1000).map(i -> two.next()).toArray());
    }

    @Test
    void a_clock_that_was_set_back_gives_no_number_again() {
        long before = idsAt(MIDNIGHT_IN_CHINA, 0).next();
        assertThat(idsAt(LATE_EVENING_UTC, before).next()).isGreaterThan(before);
    }

    @Test
    void a_number_is_exact_in_javascript() {
        assertThat(idsAt(Instant.parse("2091-01-01T00:00:00Z"), 0).next()).isLessThan(1L << 53);
    }

    @Test
    void the_first_number_of_an_instant_is_not_above_any_number_of_it() {
        assertThat(MessageIds.firstOf(MIDNIGHT_IN_CHINA))
                .isLessThanOrEqualTo(idsAt(MIDNIGHT_IN_CHINA, 0).next());
        assertThat(MessageIds.firstOf(LocalDate.of(2026, 11, 21))).isEqualTo(MessageIds.firstOf(MIDNIGHT_IN_CHINA));
    }

    private static MessageIds idsAt(Instant instant, long floor) {
        return new MessageIds(63, floor, fixed(instant));
    }

    private static Clock fixed(Instant instant) {
        return Clock.fixed(instant, MessageIds.ZONE);
    }
}
