package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.standards.error.CodedException;

class ServiceBreakerTest {
    private static final int AGREED = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final ServiceBreaker breaker = new ServiceBreaker(
            "slowing", new TrafficRule.Breaker(AGREED, 0, 0, null, null, 0), Integer.MAX_VALUE, nanos::get);

    @Test
    void a_service_that_slows_down_is_given_fewer_calls_at_once_and_more_again_when_it_is_as_fast_as_before() {
        rounds(10, Duration.ofMillis(10));
        assertThat(breaker.capacity()).isEqualTo(AGREED);

        rounds(2, Duration.ofSeconds(1));
        assertThat(breaker.capacity()).isBetween(5, AGREED / 2);
        List<ServiceBreaker.Permit> all = all();
        assertThatThrownBy(breaker::permit).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(GatewayError.SERVICE_OVERLOADED));
        all.forEach(ServiceBreaker.Permit::succeeded);

        rounds(100, Duration.ofMillis(10));
        assertThat(breaker.capacity()).isEqualTo(AGREED);
        assertThat(breaker.underWay()).isZero();
    }

    /** As many calls at once as it is given, each of which takes this long; again and again. */
    private void rounds(int times, Duration each) {
        for (int i = 0; i < times; i++) {
            List<ServiceBreaker.Permit> all = all();
            nanos.addAndGet(each.toNanos());
            all.forEach(ServiceBreaker.Permit::succeeded);
        }
    }

    private List<ServiceBreaker.Permit> all() {
        List<ServiceBreaker.Permit> all = new ArrayList<>();
        for (int i = breaker.capacity(); i > 0; i--) {
            all.add(breaker.permit());
        }
        return all;
    }
}
