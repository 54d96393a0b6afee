package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.UnmappedCodes;

/** The work list is ordered by how often a code occurs: every place counts, in every message, and once. */
class UnmappedCountsTest {
    private static final String STAFF = "D9^王^五^^^^^^RJYY^^^^ZZTYPE";

    private final UnmappedCodes counts = new UnmappedCodes();
    private final MappingEngine engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults(), counts);

    @Test
    void a_code_counts_again_in_the_next_message_of_a_patient_of_whom_nothing_changed() throws IOException {
        ReceivedMessage message = message("|20^已婚^GBT2261.2", "|QQ^已婚");
        engine.map(message);
        assertThat(count("hl7-0002-to-marital-status", "QQ")).isEqualTo(1);
        engine.map(message);
        engine.map(message);
        assertThat(count("hl7-0002-to-marital-status", "QQ")).isEqualTo(2);
    }

    @Test
    void a_code_counts_at_every_place_where_the_same_value_stands() throws IOException {
        engine.map(message("D0001^李^时珍^^^主任医师^^^RJYY|D0002^孙^思邈|D0003^张^仲景", STAFF + "|" + STAFF + "|" + STAFF));
        assertThat(count("hl7-0203-to-identifier-type", "ZZTYPE")).isEqualTo(3);
    }

    @Test
    void an_explanation_counts_nothing() throws IOException {
        engine.explain(message("|20^已婚^GBT2261.2", "|QQ^已婚"));
        assertThat(counts.take()).isEmpty();
    }

    @Test
    void asking_whether_a_message_would_be_taken_counts_nothing() throws IOException {
        assertThat(engine.takes(message("|20^已婚^GBT2261.2", "|QQ^已婚"))).isTrue();
        assertThat(counts.take()).isEmpty();
    }

    private long count(String map, String code) {
        return counts.take().entrySet().stream()
                .filter(entry -> entry.getKey().conceptMap().equals(map)
                        && entry.getKey().code().equals(code))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static ReceivedMessage message(String found, String put) throws IOException {
        String text = TestMessages.golden("adt-a01-admit").text();
        assertThat(text).contains(found);
        return TestMessages.received(text.replace(found, put));
    }
}
