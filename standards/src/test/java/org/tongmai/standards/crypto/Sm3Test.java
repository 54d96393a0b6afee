package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Sm3Test {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest(name = "{2}")
    @CsvFileSource(resources = "sm3.csv", numLinesToSkip = 1, emptyValue = "")
    void the_hashes_of_the_standard_are_answered(String text, String hash, String source) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Sm3.hex(data)).isEqualTo(hash);
        Sm3Stream pieces = new Sm3Stream();
        for (byte b : data) {
            pieces.update(new byte[] {0, b}, 1, 1);
        }
        assertThat(pieces.hex()).isEqualTo(hash);
        assertThat(pieces.update(ByteBuffer.wrap(data)).hex()).isEqualTo(hash);
        ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
        assertThat(pieces.update(direct).hex()).isEqualTo(hash);
        assertThat(direct.hasRemaining()).isFalse();
    }

    @ParameterizedTest(name = "{3}")
    @CsvFileSource(resources = "hmac-sm3.csv", numLinesToSkip = 1, emptyValue = "")
    void the_codes_of_the_standard_are_answered(String key, String data, String code, String source) {
        HmacSm3Key hmac = HmacSm3Key.ofAnyLength(HEX.parseHex(key));
        byte[] bytes = HEX.parseHex(data);
        assertThat(HEX.formatHex(hmac.sign(bytes))).isEqualTo(code);
        assertThat(hmac.verifies(bytes, HEX.parseHex(code))).isTrue();
        byte[] changed = HEX.parseHex(code);
        changed[31] ^= 1;
        assertThat(hmac.verifies(bytes, changed)).isFalse();
        assertThat(hmac.verifies(bytes, new byte[0])).isFalse();
    }

    @Test
    void a_key_that_can_be_guessed_is_refused() {
        assertRefused(CryptoError.KEY_UNREADABLE, () -> HmacSm3Key.of(new byte[HmacSm3Key.SHORTEST - 1]));
    }
}
