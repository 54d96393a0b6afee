package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.util.test.FixedSecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example of GB/T 32918.5-2017, annex A.3, and what must not open. */
class Sm2EncryptionTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] CONTENT = "encryption standard".getBytes(StandardCharsets.US_ASCII);
    private static final String K = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
    private static final String C1 = "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
            + "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0";
    private static final String C3 = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766";
    private static final String C2 = "21886ca989ca9c7d58087307ca93092d651efa";

    private final Sm2PrivateKey standard = Sm2PrivateKey.ofNumber(HEX.parseHex(Sm2Test.D));

    @Test
    void the_ciphertext_of_the_standard_is_made_with_its_random_number() {
        byte[] ciphertext = Sm2Encryption.encrypt(
                standard.publicKey().parameters(),
                CONTENT,
                CiphertextForm.C1C3C2,
                new FixedSecureRandom(HEX.parseHex(K)));
        assertThat(HEX.formatHex(ciphertext)).isEqualTo(C1 + C3 + C2);
    }

    @Test
    void the_ciphertext_of_the_standard_opens_in_every_form() {
        String der =
                "30" + "7a" + "0220" + C1.substring(2, 66) + "022100" + C1.substring(66) + "0420" + C3 + "0413" + C2;
        der = der.replace("307a", "30" + HEX.toHexDigits((byte) (der.length() / 2 - 2)));
        assertThat(standard.decrypt(HEX.parseHex(C1 + C3 + C2), CiphertextForm.C1C3C2))
                .isEqualTo(CONTENT);
        assertThat(standard.decrypt(HEX.parseHex(C1 + C2 + C3), CiphertextForm.C1C2C3))
                .isEqualTo(CONTENT);
        assertThat(standard.decrypt(HEX.parseHex(der), CiphertextForm.DER)).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @EnumSource(CiphertextForm.class)
    void what_was_encrypted_opens_and_is_another_each_time(CiphertextForm form) {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        for (int length : new int[] {1, 16, 31, 32, 33, 1000}) {
            byte[] content = new byte[length];
            byte[] ciphertext = key.publicKey().encrypt(content, form);
            assertThat(key.decrypt(ciphertext, form)).isEqualTo(content);
            assertThat(key.publicKey().encrypt(content, form)).isNotEqualTo(ciphertext);
        }
        assertRefused(CryptoError.NOT_ENCRYPTABLE, () -> key.publicKey().encrypt(new byte[0], form));
    }

    @ParameterizedTest
    @EnumSource(CiphertextForm.class)
    void another_key_another_form_or_any_change_does_not_open(CiphertextForm form) {
        byte[] ciphertext = standard.publicKey().encrypt(CONTENT, form);
        assertRefused(CryptoError.SEAL_BROKEN, () -> Sm2PrivateKey.generate().decrypt(ciphertext, form));
        for (CiphertextForm other : CiphertextForm.values()) {
            if (other != form) {
                assertRefused(CryptoError.SEAL_BROKEN, () -> standard.decrypt(ciphertext, other));
            }
        }
        for (int at = 0; at < ciphertext.length; at++) {
            byte[] changed = ciphertext.clone();
            changed[at] ^= 1;
            assertRefused(CryptoError.SEAL_BROKEN, () -> standard.decrypt(changed, form));
        }
        for (int length = 0; length < ciphertext.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(ciphertext, length);
            assertRefused(CryptoError.SEAL_BROKEN, () -> standard.decrypt(cut, form));
        }
        assertRefused(CryptoError.SEAL_BROKEN, () -> standard.decrypt(new byte[200], form));
    }
}
