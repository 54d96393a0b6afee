package org.tongmai.routes.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final Pulse pulse = new Pulse();

    @Test
    void a_heart_that_has_not_beaten_for_the_lease_is_silent_until_it_beats_again() {
        assertThat(pulse.silent()).as("before the first beat").isFalse();
        pulse.beaten(Duration.ZERO);
        assertThat(pulse.silent()).isTrue();
        pulse.beaten(Duration.ofHours(1));
        assertThat(pulse.silent()).isFalse();
    }

    @Test
    void a_fenced_run_stays_fenced() {
        pulse.fence();
        pulse.beaten(Duration.ofHours(1));
        assertThat(pulse.fenced()).isTrue();
    }
}
