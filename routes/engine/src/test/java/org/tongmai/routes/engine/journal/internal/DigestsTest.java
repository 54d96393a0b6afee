package org.tongmai.routes.engine.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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

    @Test
    void what_is_no_time_is_not_looked_for_in_other_fields() {
        assertThat(Digests.content(message("Q", "N1"))).isNotEqualTo(Digests.content(message("R", "N1")));
    }

    @Test
    void parts_that_may_differ_are_left_out_and_nothing_else() {
        assertThat(Digests.content(varying("Host1|20261120081500|20261120081500|N1", 6, 20)))
                .isEqualTo(Digests.content(varying("H2|20261120081500|20261120081633|N1", 3, 17)))
                .isNotEqualTo(Digests.content(varying("H2|20261120081500|20261120081633|N2", 3, 17)))
                .isNotEqualTo(Digests.content(varying("H2|20261120081501|20261120081633|N1", 3, 17)));
    }

    /** The host in front and the second time may differ. */
    private static ReceivedMessage varying(String text, int firstTime, int behindIt) {
        MessageKeys keys =
                new MessageKeys("A", "", "1", "transaction", "4.0.1", "", "", text.substring(3, 17), List.of());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return new ReceivedMessage(
                "fhir:request",
                raw,
                StandardCharsets.UTF_8,
                text,
                keys,
                "",
                Instant.EPOCH,
                List.of(
                        new ReceivedMessage.Span(0, firstTime - 1),
                        new ReceivedMessage.Span(behindIt + 1, behindIt + 15)));
    }

    private static ReceivedMessage message(String sentAt, String patient) {
        String text = "MSH|^~\\&|A|B|C|D|" + sentAt + "||ADT^A01|1|P|2.5\rPID|||" + patient;
        MessageKeys keys = new MessageKeys("A|B", "C|D", "1", "ADT^A01", "2.5", patient, "", sentAt, List.of());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return new ReceivedMessage("hl7v2:message", raw, StandardCharsets.UTF_8, text, keys, "", Instant.EPOCH);
    }
}
