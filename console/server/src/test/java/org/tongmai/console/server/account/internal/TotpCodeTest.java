package org.tongmai.console.server.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpCodeTest {
    /** RFC 6238, appendix B: the secret of the vectors with SHA-1. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest(name = "{0} s: {1}")
    @CsvSource({
        "59, 94287082", "1111111109, 07081804", "1111111111, 14050471",
        "1234567890, 89005924", "2000000000, 69279037", "20000000000, 65353130"
    })
    void codes_are_the_last_six_digits_of_those_of_rfc_6238(long second, String eightDigits) {
        String code = eightDigits.substring(2);
        assertThat(TotpCode.at(SECRET, second / 30)).isEqualTo(code);
        assertThat(TotpCode.step(SECRET, code, Instant.ofEpochSecond(second))).hasValue(second / 30);
    }

    @Test
    void a_code_counts_one_step_before_and_after_its_own_and_no_longer() {
        String code = TotpCode.at(SECRET, 100);
        for (int second : new int[] {99 * 30, 100 * 30, 101 * 30 + 29}) {
            assertThat(TotpCode.step(SECRET, code, Instant.ofEpochSecond(second)))
                    .hasValue(100);
        }
        for (int second : new int[] {99 * 30 - 1, 102 * 30}) {
            assertThat(TotpCode.step(SECRET, code, Instant.ofEpochSecond(second)))
                    .isEmpty();
        }
    }

    @Test
    void nothing_but_six_ascii_digits_is_a_code() {
        assertThat(TotpCode.isOne("000000")).isTrue();
        for (String other : new String[] {"", "12345", "1234567", "12345a", "１２３４５６", "123456\n", " 12345"}) {
            assertThat(TotpCode.isOne(other)).as(other).isFalse();
        }
    }
}
