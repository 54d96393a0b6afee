package org.tongmai.routes.engine.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

class DigestsTest {
    @Test
    void a_repetition_with_a_new_time_of_sending_is_the_same_message() {
        assertThat(Digests.content(message("20261120081500", "N1")))
                .isEqualTo(Digests.content(message("20261120081633", "N1")));
    }

    @Test
    void any_other_difference_makes_another_message() {
        assertThat(Digests.content(message("20261120081500", "N1")))
                .isNotEqualTo(Digests.content(message("20261120081500", "N2")));
    }

    @Test
    void a_message_without_a_time_of_sending_is_compared_whole() {
        assertThat(Digests.content(message("", "N1"))).isEqualTo(Digests.content(message("", "N1")));
        assertThat(Digests.content(message("", "N1"))).isNotEqualTo(Digests.content(message("", "N2")));
    }

    private static ReceivedMessage message(String sentAt, String patient) {
        String text = "MSH|^~\\&|A|B|C|D|" + sentAt + "||ADT^A01|1|P|2.5\rPID|||" + patient;
        MessageKeys keys = new MessageKeys("A|B", "C|D", "1", "ADT^A01", "2.5", patient, "", sentAt);
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return new ReceivedMessage("hl7v2:message", raw, StandardCharsets.UTF_8, text, keys, "", Instant.EPOCH);
    }
}
