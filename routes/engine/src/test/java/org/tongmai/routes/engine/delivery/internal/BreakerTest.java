package org.tongmai.routes.engine.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.delivery.internal.Breaker.State;

class BreakerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong now = new AtomicLong(1);
    private final Breaker breaker = new Breaker(Duration.ofSeconds(1), Duration.ofSeconds(60), now::get, () -> 1.0);

    @Test
    void a_closed_breaker_lets_everything_in() {
        assertThat(breaker.enter()).isZero();
        assertThat(breaker.enter()).isZero();
    }

    @Test
    void the_first_failure_opens_it_for_a_second() {
        assertThat(breaker.failed()).isEqualTo(SECOND);
        assertThat(breaker.enter()).isEqualTo(SECOND);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_half_open_breaker_lets_one_in_whose_success_closes_it() {
        breaker.failed();
        now.addAndGet(SECOND);
        assertThat(breaker.enter()).isZero();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.enter()).isPositive();
        assertThat(breaker.answered()).isTrue();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.failed()).isEqualTo(SECOND);
    }

    @Test
    void each_further_failure_doubles_the_rest_up_to_the_longest() {
        long[] rests = new long[9];
        for (int i = 0; i < rests.length; i++) {
            rests[i] = breaker.failed() / SECOND;
            now.addAndGet(rests[i] * SECOND);
            breaker.enter();
        }
        assertThat(rests).containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
    }

    @Test
    void failures_of_other_lanes_while_it_is_open_do_not_lengthen_the_rest() {
        breaker.failed();
        breaker.failed();
        assertThat(breaker.failed()).isEqualTo(SECOND);
    }

    @Test
    void a_success_that_was_under_way_does_not_close_an_open_breaker() {
        breaker.failed();
        assertThat(breaker.answered()).isFalse();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_thousand_failures_do_not_overflow() {
        for (int i = 0; i < 1000; i++) {
            assertThat(breaker.failed()).isBetween(1L, 60 * SECOND);
            now.addAndGet(60 * SECOND);
            breaker.enter();
        }
    }
}
