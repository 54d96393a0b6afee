package org.tongmai.standards.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.terminology.UnmappedCodes.Key;

class UnmappedCodesTest {
    private final UnmappedCodes codes = new UnmappedCodes();

    @Test
    void codes_are_counted_by_sender_and_map_until_they_are_taken() {
        codes.unmapped("H1", "sex", "3");
        codes.unmapped("H1", "sex", "3");
        codes.unmapped("H2", "sex", "3");
        Map<Key, Long> taken = codes.take();
        assertThat(taken).isEqualTo(Map.of(new Key("H1", "sex", "3"), 2L, new Key("H2", "sex", "3"), 1L));
        assertThat(codes.take()).isEmpty();
        codes.putBack(taken);
        codes.unmapped("H1", "sex", "3");
        assertThat(codes.take()).containsEntry(new Key("H1", "sex", "3"), 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"110105194912310021", "13800138000", "P12345678X", "a\u0000b"})
    void what_may_be_a_number_of_a_person_is_counted_and_not_kept(String code) {
        codes.unmapped("H1", "sex", code);
        assertThat(codes.take()).containsOnlyKeys(new Key("H1", "sex", UnmappedCodes.NOT_KEPT));
    }

    @Test
    void a_sender_that_invents_codes_does_not_fill_the_memory() {
        for (int i = 0; i < UnmappedCodes.LIMIT + 500; i++) {
            codes.unmapped("H1", "sex", "c" + i);
        }
        Map<Key, Long> taken = codes.take();
        assertThat(taken).hasSize(UnmappedCodes.LIMIT + 1).containsEntry(new Key("", "sex", ""), 500L);
    }
}
