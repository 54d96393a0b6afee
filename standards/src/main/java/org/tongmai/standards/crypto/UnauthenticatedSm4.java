package org.tongmai.standards.crypto;

import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * SM4 in ECB and CBC with PKCS#7 padding, for old counterparts that speak nothing else (the message envelope of the
 * national medical insurance). Neither notices a change; ECB shows which blocks are equal; who may ask often whether a
 * changed ciphertext decrypts can read a CBC one (padding oracle): verify a signature over the ciphertext before. For
 * everything else there is {@link ContentCipher}.
 */
public final class UnauthenticatedSm4 {
    private static final int BLOCK = 16;

    private UnauthenticatedSm4() {}

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} unless the key has 16 bytes */
    public static byte[] encryptEcb(byte[] key, byte[] content) {
        return new PaddedBlocks(new SM4Engine()).encrypt(key(key), content);
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#SEAL_BROKEN} */
    public static byte[] decryptEcb(byte[] key, byte[] ciphertext) {
        return new PaddedBlocks(new SM4Engine()).decrypt(key(key), ciphertext);
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} unless key and initialization vector have 16 bytes */
    public static byte[] encryptCbc(byte[] key, byte[] iv, byte[] content) {
        return new PaddedBlocks(CBCBlockCipher.newInstance(new SM4Engine())).encrypt(withIv(key, iv), content);
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#SEAL_BROKEN} */
    public static byte[] decryptCbc(byte[] key, byte[] iv, byte[] ciphertext) {
        return new PaddedBlocks(CBCBlockCipher.newInstance(new SM4Engine())).decrypt(withIv(key, iv), ciphertext);
    }

    private static CipherParameters withIv(byte[] key, byte[] iv) {
        return new ParametersWithIV(key(key), block("initialization vector", iv));
    }

    private static KeyParameter key(byte[] key) {
        return new KeyParameter(block("SM4 key", key));
    }

    private static byte[] block(String what, byte[] bytes) {
        if (bytes.length != BLOCK) {
            throw new CodedException(
                    Issue.of(CryptoError.KEY_UNREADABLE, what, bytes.length + " bytes, expected " + BLOCK));
        }
        return bytes;
    }
}
