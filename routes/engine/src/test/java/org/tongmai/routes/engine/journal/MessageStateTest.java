package org.tongmai.routes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageStateTest {
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvFileSource(resources = "/journal/message-state-transitions.csv", numLinesToSkip = 1)
    @DisplayName("every pair of states is a legal transition or is not")
    void every_pair(MessageState from, MessageState to, boolean legal) {
        assertThat(from.next().contains(to)).isEqualTo(legal);
    }

    @ParameterizedTest
    @EnumSource
    void a_state_is_read_back_from_its_number(MessageState state) {
        assertThat(MessageState.ofCode(state.code())).isSameAs(state);
    }
}
