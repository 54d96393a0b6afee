package org.tongmai.standards.crypto.explain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.tongmai.standards.crypto.Sm2KeyText;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Sm3Stream;

/** How the number e that is signed may be made of a text. */
enum HashForm {
    /** SM3(Z ‖ text), as the standard has it. */
    WITH_Z(List.of()) {
        @Override
        Optional<byte[]> hash(Sm2PublicKey key, byte[] userId, byte[] text) {
            byte[] z = key.z(userId);
            return Optional.of(new Sm3Stream()
                    .update(z, 0, z.length)
                    .update(text, 0, text.length)
                    .digest());
        }
    },
    WITHOUT_Z(List.of("hash-without-z")) {
        @Override
        Optional<byte[]> hash(Sm2PublicKey key, byte[] userId, byte[] text) {
            return Optional.of(Sm3.digest(text));
        }
    },
    /** The text is 32 bytes, or 64 hexadecimal digits, and taken for e itself. */
    TEXT_ITSELF(List.of("hash-is-the-text")) {
        @Override
        Optional<byte[]> hash(Sm2PublicKey key, byte[] userId, byte[] text) {
            if (text.length == Sm3.BYTES) {
                return Optional.of(text);
            }
            return Sm2KeyText.bytes(new String(text, StandardCharsets.ISO_8859_1))
                    .filter(bytes -> bytes.length == Sm3.BYTES);
        }
    },
    SHA_256_WITHOUT_Z(List.of("hash-sha-256", "hash-without-z")) {
        @Override
        Optional<byte[]> hash(Sm2PublicKey key, byte[] userId, byte[] text) {
            return Optional.of(sha256(new byte[0], text));
        }
    },
    SHA_256_WITH_Z(List.of("hash-sha-256")) {
        @Override
        Optional<byte[]> hash(Sm2PublicKey key, byte[] userId, byte[] text) {
            return Optional.of(sha256(key.z(userId), text));
        }
    };

    private final List<String> codes;

    HashForm(List<String> codes) {
        this.codes = codes;
    }

    abstract Optional<byte[]> hash(Sm2PublicKey key, byte[] userId, byte[] text);

    Candidate<HashForm> candidate() {
        return new Candidate<>(this, codes);
    }

    private static byte[] sha256(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return digest.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
