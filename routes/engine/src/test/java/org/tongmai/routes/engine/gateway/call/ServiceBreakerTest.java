package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;

class ServiceBreakerTest {
    private static final int ROOM = 1_000;

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
}
