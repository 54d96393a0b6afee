package org.tongmai.adapters.hospital.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class IdentityNumberTest {
    @Test
    void the_example_of_the_standard_has_its_check_character() {
        // GB 11643-1999, annex A.
        assertThat(IdentityNumber.of("110105", LocalDate.of(1949, 12, 31), 2)).isEqualTo("11010519491231002X");
        assertThat(IdentityNumber.of("440524", LocalDate.of(1880, 1, 1), 1)).isEqualTo("440524188001010014");
    }

    @Test
    void a_changed_digit_a_wrong_length_and_letters_are_not_valid() {
        assertThat(IdentityNumber.isValid("11010519491231002X")).isTrue();
        assertThat(IdentityNumber.isValid("110105194912310021")).isFalse();
        assertThat(IdentityNumber.isValid("11010519491231003X")).isFalse();
        assertThat(IdentityNumber.isValid("1101051949123100")).isFalse();
        assertThat(IdentityNumber.isValid("1101051949123100XX")).isFalse();
    }
}
