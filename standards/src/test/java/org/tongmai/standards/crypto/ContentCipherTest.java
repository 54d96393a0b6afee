package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCipherTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] CONTEXT = "tenant/name".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTENT = "病历 and more".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest(name = "{7}")
    @CsvFileSource(resources = "content-ciphers.csv", numLinesToSkip = 1)
    void the_examples_of_the_standards_are_sealed_and_opened(
            String cipher,
            String key,
            String nonce,
            String context,
            String content,
            String ciphertext,
            String tag,
            String source) {
        SealMode mode = ContentCipher.of(cipher).orElseThrow().mode();
        SealedContent sealed =
                mode.seal(HEX.parseHex(key), HEX.parseHex(nonce), HEX.parseHex(content), HEX.parseHex(context));
        assertThat(HEX.formatHex(sealed.ciphertext())).isEqualTo(ciphertext);
        assertThat(HEX.formatHex(sealed.tag())).isEqualTo(tag);
        assertThat(HEX.formatHex(mode.open(HEX.parseHex(key), sealed, HEX.parseHex(context))))
                .isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void what_was_sealed_opens_and_is_sealed_differently_each_time(ContentCipher cipher) {
        ContentKey key = ContentKey.generate(cipher);
        SealedContent sealed = key.seal(CONTENT, CONTEXT);
        assertThat(ContentKey.of(cipher, key.bytes()).open(sealed, CONTEXT)).isEqualTo(CONTENT);
        assertThat(key.seal(CONTENT, CONTEXT).nonce()).isNotEqualTo(sealed.nonce());
        assertThat(key.open(key.seal(new byte[0], CONTEXT), CONTEXT)).isEmpty();
        assertThat(ContentCipher.of(cipher.number())).contains(cipher);
        assertThat(ContentCipher.of(cipher.text())).contains(cipher);
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void another_key_another_context_or_any_change_does_not_open(ContentCipher cipher) {
        ContentKey key = ContentKey.generate(cipher);
        SealedContent sealed = key.seal(CONTENT, CONTEXT);
        assertRefused(CryptoError.SEAL_BROKEN, () -> ContentKey.generate(cipher).open(sealed, CONTEXT));
        assertRefused(CryptoError.SEAL_BROKEN, () -> key.open(sealed, new byte[0]));
        byte[][] parts = {sealed.nonce(), sealed.ciphertext(), sealed.tag()};
        for (int part = 0; part < parts.length; part++) {
            for (int at = 0; at < parts[part].length; at++) {
                byte[][] changed = parts.clone();
                changed[part] = parts[part].clone();
                changed[part][at] ^= 1;
                refused(key, changed);
            }
            byte[][] longer = parts.clone();
            longer[part] = java.util.Arrays.copyOf(parts[part], parts[part].length + 1);
            refused(key, longer);
            byte[][] none = parts.clone();
            none[part] = new byte[0];
            refused(key, none);
        }
        assertRefused(CryptoError.KEY_UNREADABLE, () -> ContentKey.of(cipher, new byte[cipher.keyBytes() - 1]));
    }

    private static void refused(ContentKey key, byte[][] parts) {
        assertRefused(
                CryptoError.SEAL_BROKEN, () -> key.open(new SealedContent(parts[0], parts[1], parts[2]), CONTEXT));
    }
}
