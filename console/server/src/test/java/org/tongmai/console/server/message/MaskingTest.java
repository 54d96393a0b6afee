package org.tongmai.console.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskingTest {
    @Test
    void an_identifier_keeps_two_characters_at_each_end_and_its_assigner() {
        assertThat(Masking.mask("310101199003070017^MR")).isEqualTo("31****17^MR");
        assertThat(Masking.mask("310101199003070017")).isEqualTo("31****17");
    }

    @Test
    void a_short_identifier_is_hidden_whole() {
        assertThat(Masking.mask("123456^MR")).isEqualTo("****^MR");
        assertThat(Masking.mask("")).isEmpty();
    }
}
