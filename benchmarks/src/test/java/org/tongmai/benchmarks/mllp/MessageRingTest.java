package org.tongmai.benchmarks.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.hospital.mllp.OutboundMessage;

class MessageRingTest {
    @Test
    void every_round_has_its_own_control_ids_and_they_stand_in_the_messages() {
        MessageRing ring = new MessageRing("run1", 50, 1, new MessageRing.Plan(0, 0, 230));
        Set<String> ids = new HashSet<>();
        int count = 0;
        while (ring.hasNext()) {
            OutboundMessage message = ring.next();
            String text = new String(message.bytes(), StandardCharsets.UTF_8);
            assertThat(text.split("\\|")[9]).isEqualTo(message.controlId()).startsWith("run1-");
            assertThat(ids.add(message.controlId())).isTrue();
            assertThat(ring.isMeasured(message)).isTrue();
            count++;
        }
        assertThat(count).isEqualTo(230);
    }

    @Test
    void nothing_is_measured_during_the_warm_up() {
        MessageRing ring = new MessageRing("run2", 10, 1, new MessageRing.Plan(3600, 0, 1));
        for (int i = 0; i < 100; i++) {
            assertThat(ring.isMeasured(ring.next())).isFalse();
        }
    }
}
