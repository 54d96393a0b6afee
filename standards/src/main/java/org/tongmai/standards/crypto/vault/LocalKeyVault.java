package org.tongmai.standards.crypto.vault;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.RsaSignatureScheme;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Keys in the memory of this process, read by {@link KeyFiles}. SM4 keys wrap by {@link Sm4Key#seal} with the key's id
 * as context, SM2 keys by C1 ‖ C3 ‖ C2, RSA keys by OAEP; SM2, RSA and HMAC-SM3 keys sign. Immutable.
 */
public final class LocalKeyVault implements KeyVault {
    private final Map<String, StoredKey> keys;

    LocalKeyVault(Map<String, StoredKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** A vault of these keys, by id; no id is in both. */
    public static LocalKeyVault of(Map<String, Sm4Key> wrapping, Map<String, Sm2PrivateKey> pairs) {
        Map<String, StoredKey> keys = new TreeMap<>();
        wrapping.forEach((id, key) -> keys.put(id, stored(id, key)));
        pairs.forEach((id, key) -> keys.put(id, stored(key)));
        return new LocalKeyVault(keys);
    }

    public Set<String> keyIds() {
        return keys.keySet();
    }

    /** What a kind of key can do. */
    interface StoredKey {
        byte[] wrap(byte[] dataKey);

        byte[] unwrap(byte[] wrapped);

        Signer signer();
    }

    static StoredKey stored(String id, Sm4Key key) {
        byte[] context = id.getBytes(StandardCharsets.UTF_8);
        return new StoredKey() {
            @Override
            public byte[] wrap(byte[] dataKey) {
                return key.seal(dataKey, context);
            }

            @Override
            public byte[] unwrap(byte[] wrapped) {
                return key.open(wrapped, context);
            }

            @Override
            public Signer signer() {
                throw new CodedException(Issue.of(CryptoError.NOT_OFFERED, id, "an SM4 key does not sign"));
            }
        };
    }

    static StoredKey stored(String id, HmacSm3Key key) {
        return new StoredKey() {
            @Override
            public byte[] wrap(byte[] dataKey) {
                throw doesNotWrap();
            }

            @Override
            public byte[] unwrap(byte[] wrapped) {
                throw doesNotWrap();
            }

            @Override
            public Signer signer() {
                return key;
            }

            private CodedException doesNotWrap() {
                return new CodedException(Issue.of(CryptoError.NOT_OFFERED, id, "a key of HMAC-SM3 does not wrap"));
            }
        };
    }

    static StoredKey stored(Sm2PrivateKey key) {
        return new StoredKey() {
            @Override
            public byte[] wrap(byte[] dataKey) {
                return key.publicKey().encrypt(dataKey, CiphertextForm.C1C3C2);
            }

            @Override
            public byte[] unwrap(byte[] wrapped) {
                return key.decrypt(wrapped, CiphertextForm.C1C3C2);
            }

            @Override
            public Signer signer() {
                return key.signer(SignatureScheme.RAW);
            }
        };
    }

    static StoredKey stored(RsaPrivateKey key) {
        return new StoredKey() {
            @Override
            public byte[] wrap(byte[] dataKey) {
                return key.publicKey().encrypt(dataKey);
            }

            @Override
            public byte[] unwrap(byte[] wrapped) {
                return key.decrypt(wrapped);
            }

            @Override
            public Signer signer() {
                return key.signer(RsaSignatureScheme.PKCS1);
            }
        };
    }

    @Override
    public byte[] wrap(String keyId, byte[] dataKey) {
        return key(keyId).wrap(dataKey);
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        return key(keyId).unwrap(wrapped);
    }

    @Override
    public Signer signer(String keyId) {
        return key(keyId).signer();
    }

    private StoredKey key(String keyId) {
        StoredKey key = keys.get(keyId);
        if (key == null) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNKNOWN, "", keyId));
        }
        return key;
    }
}
