package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sm4KeyTest {
    private static final byte[] CONTEXT = "tenant/password".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = "口令 and more".getBytes(StandardCharsets.UTF_8);

    /** RFC 8998, appendix A.1. */
    @Test
    void the_example_of_the_standard_opens() {
        HexFormat hex = HexFormat.of();
        Sm4Key key = Sm4Key.of(hex.parseHex("0123456789abcdeffedcba9876543210"));
        byte[] sealed = hex.parseHex("01" + "00001234567800000000abcd"
                + "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                + "83de3541e4c2b58177e065a9bf7b62ec");
        byte[] context = hex.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        assertThat(hex.formatHex(key.open(sealed, context)))
                .isEqualTo("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                        + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
    }

    @Test
    void what_was_sealed_opens_and_is_sealed_differently_each_time() {
        Sm4Key key = Sm4Key.generate();
        byte[] sealed = key.seal(SECRET, CONTEXT);
        assertThat(Sm4Key.of(key.bytes()).open(sealed, CONTEXT)).isEqualTo(SECRET);
        assertThat(key.seal(SECRET, CONTEXT)).isNotEqualTo(sealed);
        assertThat(key.open(key.seal(new byte[0], CONTEXT), CONTEXT)).isEmpty();
    }

    @Test
    void another_key_another_place_or_any_change_does_not_open() {
        Sm4Key key = Sm4Key.generate();
        byte[] sealed = key.seal(SECRET, CONTEXT);
        assertRefused(CryptoError.SEAL_BROKEN, () -> Sm4Key.generate().open(sealed, CONTEXT));
        assertRefused(CryptoError.SEAL_BROKEN, () -> key.open(sealed, new byte[0]));
        assertRefused(CryptoError.SEAL_BROKEN, () -> key.open(new byte[28], CONTEXT));
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertRefused(CryptoError.SEAL_BROKEN, () -> key.open(changed, CONTEXT));
        }
        assertRefused(CryptoError.KEY_UNREADABLE, () -> Sm4Key.of(new byte[15]));
    }
}
