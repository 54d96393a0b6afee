package org.tongmai.console.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.standards.exchange.MessageKeys;

/** Who may not see patient data sees of a message nothing that may name somebody. */
class MessageViewTest {
    private static final String NAME = "Zhang.San";

    private static MessageView view(String format, String type, boolean masked) {
        MessageKeys keys = new MessageKeys(
                "sender|urn:" + NAME,
                "urn:" + NAME,
                NAME,
                type,
                "4.0.1",
                "Patient/abcdefgh",
                NAME + "-1",
                "",
                List.of());
        JournalEntry entry = new JournalEntry(
                1,
                Instant.EPOCH,
                "fhir-in.receive",
                format,
                "UTF-8",
                keys,
                "127.0.0.1:1",
                MessageState.STORED,
                1,
                0,
                "",
                List.of(),
                1,
                null);
        return MessageView.of(entry, masked);
    }

    @Test
    void what_a_fhir_sender_chose_itself_is_hidden_and_the_rest_is_shown() {
        MessageView view = view("fhir:request", "message^" + NAME, true);
        assertThat(view.type()).isEqualTo("message^****");
        assertThat(view.sender()).isEqualTo("sender|****");
        assertThat(List.of(view.receiver(), view.controlId())).containsOnly("****");
        assertThat(List.of(view.patient(), view.visit()))
                .noneMatch(each -> each.contains("abcd") || each.contains(NAME));
    }

    @Test
    void what_the_platform_calls_a_request_is_shown() {
        assertThat(view("fhir:request", "create^Patient", true).type()).isEqualTo("create^Patient");
        assertThat(view("hl7v2:message", "ADT^A01", true).type()).isEqualTo("ADT^A01");
    }

    @Test
    void who_may_see_patient_data_sees_it_as_it_came() {
        MessageView view = view("fhir:request", "message^" + NAME, false);
        assertThat(view.type()).isEqualTo("message^" + NAME);
        assertThat(view.sender()).isEqualTo("sender|urn:" + NAME);
        assertThat(view.controlId()).isEqualTo(NAME);
    }
}
