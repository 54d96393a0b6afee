package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class UnauthenticatedSm4Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("0123456789abcdeffedcba9876543210");

    @Test
    void the_block_of_the_standard_is_encrypted() {
        byte[] ciphertext = UnauthenticatedSm4.encryptEcb(KEY, KEY);
        assertThat(HEX.formatHex(ciphertext, 0, 16)).isEqualTo("681edf34d206965e86b3e94f536e4246");
        assertThat(UnauthenticatedSm4.decryptEcb(KEY, ciphertext)).isEqualTo(KEY);
    }

    /** GB/T 32907-2016, A.2. */
    @Test
    void the_block_of_the_standard_is_encrypted_a_million_times() {
        byte[] block = KEY;
        for (int round = 0; round < 1_000_000; round++) {
            block = Arrays.copyOf(UnauthenticatedSm4.encryptEcb(KEY, block), 16);
        }
        assertThat(HEX.formatHex(block)).isEqualTo("595298c7c6fd271f0402f804c33d3f66");
    }

    @Test
    void a_chain_of_blocks_is_that_of_another_implementation() {
        byte[] content = "上海".getBytes(StandardCharsets.UTF_8);
        byte[] ciphertext = UnauthenticatedSm4.encryptCbc(KEY, KEY, content);
        assertThat(HEX.formatHex(ciphertext)).isEqualTo("4ce7003c2103003d914518c1f841c7ea");
        assertThat(UnauthenticatedSm4.decryptCbc(KEY, KEY, ciphertext)).isEqualTo(content);
    }

    /** The envelope of the national medical insurance: the SM4 key is made of application and secret by SM4 itself. */
    @Test
    void the_envelope_of_the_medical_insurance_is_opened() {
        byte[] appKey = "TESTAPPID0000000".getBytes(StandardCharsets.US_ASCII);
        byte[] secret = "TESTSECRET00000000000000000002BC".getBytes(StandardCharsets.US_ASCII);
        String hex = HEX.withUpperCase().formatHex(UnauthenticatedSm4.encryptEcb(appKey, secret));
        byte[] key = hex.substring(0, 16).getBytes(StandardCharsets.US_ASCII);
        assertThat(hex).startsWith("49402A7451716C12");
        String encrypted = "7670F4528C06B232B7D072B10283CAB2A2D075F40A469D5015E6B7116BAFF677D5190AE1B94EEB50F5BFC005"
                + "DFC7BB0122D167035A4FAF987792501F4FE85E5B5DBA695462C808C3BB3E40604CBD4FB77CC3CD00DBDDA74A5941589CC0386181"
                + "7F039780917CC1CD49E9BE36A1443162";
        String content = "{\"psnName\":\"测试人\",\"idNo\":\"310101199003071233\",\"amt\":12.5,"
                + "\"items\":[{\"b\":2,\"a\":1}],\"empty\":\"\"}";
        assertThat(new String(UnauthenticatedSm4.decryptEcb(key, HEX.parseHex(encrypted)), StandardCharsets.UTF_8))
                .isEqualTo(content);
    }

    @Test
    void what_does_not_decrypt_is_refused() {
        assertRefused(CryptoError.SEAL_BROKEN, () -> UnauthenticatedSm4.decryptEcb(KEY, new byte[0]));
        assertRefused(CryptoError.SEAL_BROKEN, () -> UnauthenticatedSm4.decryptEcb(KEY, new byte[17]));
        assertRefused(CryptoError.SEAL_BROKEN, () -> UnauthenticatedSm4.decryptCbc(KEY, KEY, new byte[15]));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> UnauthenticatedSm4.encryptEcb(new byte[15], KEY));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> UnauthenticatedSm4.encryptCbc(KEY, new byte[17], KEY));
    }
}
