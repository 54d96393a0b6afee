package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.call.Sharing;
import org.tongmai.routes.engine.gateway.rules.Rate;

class ThrottlesTest {
    private static final Rate ONE = new Rate(1, Duration.ofDays(1));

    @Test
    void what_has_no_rate_has_no_accounts() {
        Throttle none = new Throttles(null, Sharing.ALONE).of("service a", new Rate(0, Duration.ofDays(1)));

        none.take("key", "service");
        none.take("key", "service");

        assertThat(none).isSameAs(Throttle.NONE);
    }

    @Test
    void a_rate_that_stays_the_same_keeps_its_accounts_and_another_begins_anew() {
        Throttles first = new Throttles(null, Sharing.ALONE);
        first.of("service a", ONE).take("key", "service");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> first.next().of("service a", ONE).take("key", "service"));
        first.next().of("service a", new Rate(1, Duration.ofHours(1))).take("key", "service");
    }
}
