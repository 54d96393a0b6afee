package org.tongmai.console.server.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordClassesTest {
    @Test
    void small_letters_capitals_digits_and_all_else_are_four_classes() {
        assertThat(PasswordClasses.of("abc")).isOne();
        assertThat(PasswordClasses.of("abcABC")).isEqualTo(2);
        assertThat(PasswordClasses.of("abc123")).isEqualTo(2);
        assertThat(PasswordClasses.of("abc-密码")).isEqualTo(2);
        assertThat(PasswordClasses.of("aB3")).isEqualTo(3);
        assertThat(PasswordClasses.of("aB3 ")).isEqualTo(4);
        assertThat(PasswordClasses.of("")).isZero();
    }

    /** Of passwords drawn as they come one in forty has no digit. */
    @Test
    void a_password_made_at_random_has_three_classes() {
        RandomPasswords random = new RandomPasswords();
        assertThat(Stream.generate(random::next).limit(2_000))
                .allSatisfy(password -> assertThat(PasswordClasses.of(password)).isEqualTo(3));
    }
}
