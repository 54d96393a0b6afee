package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.standards.error.CodedException;

class ServiceBreakerTest {
    private static final int AGREED = 100;
    private static final int ROOM = 1_000;

    private final AtomicLong nanos = new AtomicLong();
    private final ServiceBreaker breaker = new ServiceBreaker(
            "slowing",
            new TrafficRule.Breaker(AGREED, 0, 0, null, null, 0),
            new ServiceBreaker.Sizes(Integer.MAX_VALUE, () -> 1),
            nanos::get);
    private final AtomicInteger nodes = new AtomicInteger(1);

    private ServiceBreaker agreed(int concurrency, int room) {
        return new ServiceBreaker("slots", new TrafficRule.Breaker(concurrency, 0, 0, null, null, 0), room, nodes::get);
    }

    /** How many calls pass at once, all of them ended afterwards. */
    private static int atOnce(ServiceBreaker breaker) {
        List<ServiceBreaker.Permit> permits = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (permits.size() < ROOM) {
                        permits.add(breaker.permit());
                    }
                })
                .hasMessageContaining("TM-GATE-0017");
        permits.forEach(ServiceBreaker.Permit::unused);
        return permits.size();
    }

    @Test
    void what_was_agreed_is_of_all_living_nodes_together() {
        ServiceBreaker breaker = agreed(120, ROOM);
        assertThat(atOnce(breaker)).isEqualTo(120);
        nodes.set(3);
        assertThat(atOnce(breaker)).isEqualTo(40);
        assertThat(breaker.capacity()).isEqualTo(40);
        nodes.set(2);
        assertThat(atOnce(breaker)).isEqualTo(60);
        assertThat(breaker.underWay()).isZero();
    }

    @Test
    void every_node_takes_a_call_of_a_number_smaller_than_that_of_the_nodes() {
        nodes.set(3);
        assertThat(atOnce(agreed(2, ROOM))).isEqualTo(1);
    }

    @Test
    void what_the_transport_of_a_node_can_take_is_not_shared() {
        nodes.set(2);
        assertThat(atOnce(agreed(100, 30))).isEqualTo(30);
    }

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
