package org.tongmai.standards.crypto.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.ContentCipher;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.error.CodedException;

class EnvelopeEncryptionTest {
    private static final byte[] CONTEXT = "journal/42".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTENT = "病历".getBytes(StandardCharsets.UTF_8);
    private static final KeyRotation FIRST = new KeyRotation("kek-1", Set.of(), Set.of());

    private final Sm2PrivateKey pair = Sm2PrivateKey.generate();
    private final LocalKeyVault vault =
            LocalKeyVault.of(Map.of("kek-1", Sm4Key.generate(), "kek-2", Sm4Key.generate()), Map.of("kek-sm2", pair));

    private EnvelopeEncryption with(KeyRotation rotation) {
        return new EnvelopeEncryption(vault, rotation, ContentCipher.SM4_GCM);
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void what_was_sealed_opens_whatever_seals_now(ContentCipher cipher) {
        byte[] envelope = new EnvelopeEncryption(vault, FIRST, cipher).seal(CONTENT, CONTEXT);
        assertThat(with(FIRST).open(envelope, CONTEXT)).isEqualTo(CONTENT);
        assertThat(with(FIRST).keyId(envelope)).isEqualTo("kek-1");
        assertThat(new EnvelopeEncryption(vault, FIRST, cipher).seal(CONTENT, CONTEXT))
                .isNotEqualTo(envelope);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kek-2", "kek-sm2"})
    void a_new_key_takes_over_without_the_content_being_touched(String next) {
        byte[] old = with(FIRST).seal(CONTENT, CONTEXT);
        KeyRotation rotated = FIRST.to(next);
        assertThat(with(rotated).open(old, CONTEXT)).as("by the former key").isEqualTo(CONTENT);
        byte[] anew = with(rotated).rewrap(old);
        assertThat(with(rotated).keyId(anew)).isEqualTo(next);
        assertThat(with(rotated).open(anew, CONTEXT)).isEqualTo(CONTENT);
        assertThat(with(rotated).rewrap(anew)).isSameAs(anew);
        assertThat(last(anew)).as("nonce, tag and ciphertext").isEqualTo(last(old));
        EnvelopeEncryption retired = with(rotated.retire("kek-1"));
        assertRefused(CryptoError.KEY_RETIRED, () -> retired.open(old, CONTEXT));
        assertRefused(CryptoError.KEY_RETIRED, () -> retired.rewrap(old));
        assertThat(retired.open(anew, CONTEXT)).isEqualTo(CONTENT);
    }

    @Test
    void no_data_key_is_left_in_memory() {
        WatchedVault watched = new WatchedVault(vault, new ArrayList<>());
        byte[] envelope = new EnvelopeEncryption(watched, FIRST, ContentCipher.SM4_GCM).seal(CONTENT, CONTEXT);
        EnvelopeEncryption rotated = new EnvelopeEncryption(watched, FIRST.to("kek-2"), ContentCipher.SM4_GCM);
        rotated.open(rotated.rewrap(envelope), CONTEXT);
        assertThat(watched.keys()).hasSize(4).containsOnly(new byte[ContentCipher.SM4_GCM.keyBytes()]);
    }

    /** Keeps every array in which a data key went in or came out. */
    private record WatchedVault(KeyVault vault, List<byte[]> keys) implements KeyVault {
        @Override
        public byte[] wrap(String keyId, byte[] dataKey) {
            keys.add(dataKey);
            return vault.wrap(keyId, dataKey);
        }

        @Override
        public byte[] unwrap(String keyId, byte[] wrapped) {
            byte[] key = vault.unwrap(keyId, wrapped);
            keys.add(key);
            return key;
        }

        @Override
        public Signer signer(String keyId) {
            return vault.signer(keyId);
        }
    }

    private static byte[] last(byte[] envelope) {
        int sealed = 1 + 12 + 1 + 16 + CONTENT.length;
        return Arrays.copyOfRange(envelope, envelope.length - sealed, envelope.length);
    }

    @Test
    void a_key_nobody_announced_is_not_used_though_the_vault_has_it() {
        byte[] envelope = with(new KeyRotation("kek-2", Set.of(), Set.of())).seal(CONTENT, CONTEXT);
        assertRefused(CryptoError.KEY_UNKNOWN, () -> with(FIRST).open(envelope, CONTEXT));
        assertRefused(CryptoError.KEY_UNKNOWN, () -> with(new KeyRotation("kek-9", Set.of(), Set.of()))
                .seal(CONTENT, CONTEXT));
        assertThatThrownBy(() -> new KeyRotation("a".repeat(256), Set.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyRotation("a", Set.of("b"), Set.of("b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void another_context_or_any_change_does_not_open() {
        byte[] envelope = with(FIRST).seal(CONTENT, CONTEXT);
        assertRefused(CryptoError.SEAL_BROKEN, () -> with(FIRST).open(envelope, new byte[0]));
        for (int at = 0; at < envelope.length; at++) {
            byte[] changed = envelope.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> with(FIRST).open(changed, CONTEXT))
                    .as("byte " + at)
                    .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                            .isIn(CryptoError.SEAL_BROKEN, CryptoError.KEY_UNKNOWN));
        }
        for (int length = 0; length < envelope.length; length++) {
            byte[] cut = Arrays.copyOf(envelope, length);
            assertRefused(CryptoError.SEAL_BROKEN, () -> with(FIRST).open(cut, CONTEXT));
        }
    }

    @Test
    void keys_sign_that_can() {
        byte[] signature = vault.signer("kek-sm2").sign(CONTENT);
        assertThat(pair.publicKey().verifies(CONTENT, signature, SignatureScheme.RAW))
                .isTrue();
        assertRefused(CryptoError.NOT_OFFERED, () -> vault.signer("kek-1"));
        assertRefused(CryptoError.KEY_UNKNOWN, () -> vault.signer("kek-9"));
        assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("kek-2", vault.wrap("kek-1", new byte[16])));
    }
}
