package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.error.CodedException;

class Sm2KeyTextTest {
    private static final char[] NONE = {};
    private static final HexFormat HEX = HexFormat.of();
    private final Sm2PrivateKey key = Sm2PrivateKey.generate();

    @Test
    void a_public_key_is_read_in_every_form() {
        Sm2PublicKey expected = key.publicKey();
        byte[] withoutPrefix = java.util.Arrays.copyOfRange(expected.point(), 1, 65);
        for (byte[] form :
                new byte[][] {expected.encoded(), expected.point(), expected.compressedPoint(), withoutPrefix}) {
            assertThat(Sm2KeyText.readPublic(HEX.formatHex(form))).isEqualTo(expected);
            assertThat(Sm2KeyText.readPublic(HEX.withUpperCase().formatHex(form)))
                    .isEqualTo(expected);
            assertThat(Sm2KeyText.readPublic(Base64.getMimeEncoder().encodeToString(form)))
                    .isEqualTo(expected);
            assertThat(Sm2KeyText.readPublic(
                            Base64.getUrlEncoder().withoutPadding().encodeToString(form)))
                    .isEqualTo(expected);
        }
        assertThat(Sm2KeyText.readPublic(PemKeys.write(expected))).isEqualTo(expected);
    }

    @Test
    void a_private_key_is_read_in_every_form() {
        byte[] negativeForJava = new byte[33];
        System.arraycopy(key.number(), 0, negativeForJava, 1, 32);
        for (byte[] form : new byte[][] {key.encoded(), key.number(), negativeForJava}) {
            assertThat(Sm2KeyText.readPrivate(HEX.formatHex(form), NONE).publicKey())
                    .isEqualTo(key.publicKey());
            assertThat(Sm2KeyText.readPrivate(Base64.getEncoder().encodeToString(form), NONE)
                            .publicKey())
                    .isEqualTo(key.publicKey());
        }
        char[] password = "secret".toCharArray();
        assertThat(Sm2KeyText.readPrivate(PemKeys.write(key, password), password)
                        .number())
                .isEqualTo(key.number());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "xyz*",
                "00",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54122",
                "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                "-----BEGIN " + "PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN " + "EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"
            })
    void what_is_no_key_is_refused(String text) {
        assertRefused(CryptoError.KEY_UNREADABLE, () -> Sm2KeyText.readPrivate(text, NONE));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> Sm2KeyText.readPublic(text));
    }

    @Test
    void no_bytes_at_all_lead_to_anything_but_a_coded_refusal() {
        Random random = new Random(5);
        byte[][] seeds = {
            key.encoded(), key.publicKey().encoded(), key.publicKey().point()
        };
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = seeds[i % seeds.length].clone();
            for (int change = 0; change <= i % 3; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            String text = HEX.formatHex(bytes, 0, i % 7 == 0 ? random.nextInt(bytes.length) : bytes.length);
            try {
                Sm2KeyText.readPublic(text);
            } catch (CodedException e) {
                assertThat(e.code()).isInstanceOf(CryptoError.class);
            }
            try {
                Sm2KeyText.readPrivate(text, NONE);
            } catch (CodedException e) {
                assertThat(e.code()).isInstanceOf(CryptoError.class);
            }
        }
    }
}
