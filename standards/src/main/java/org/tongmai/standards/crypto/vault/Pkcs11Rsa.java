package org.tongmai.standards.crypto.vault;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Decrypts RSAES-OAEP with SHA-256 (RFC 8017, 7.1.2): the module raises to the power, BouncyCastle takes off the padding. */
final class Pkcs11Rsa {
    private final Provider provider;
    private final PrivateKey key;
    private final BigInteger modulus;
    private final int bytes;

    /** @param modulus of the key, which the module does not tell of one that is sensitive */
    Pkcs11Rsa(Provider provider, PrivateKey key, BigInteger modulus) {
        this.provider = provider;
        this.key = key;
        this.modulus = modulus;
        this.bytes = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** @throws CodedException {@link CryptoError#SEAL_BROKEN}, {@link CryptoError#VAULT_FAILED} */
    byte[] decrypt(byte[] ciphertext) {
        // Modules have several codes for a number that is too large: it must not be taken for a failure of theirs.
        if (ciphertext.length != bytes || new BigInteger(1, ciphertext).compareTo(modulus) >= 0) {
            throw broken(null);
        }
        OAEPEncoding padding = new OAEPEncoding(new Module(), new SHA256Digest(), new SHA256Digest(), null);
        padding.init(false, null);
        try {
            return padding.processBlock(ciphertext, 0, ciphertext.length);
        } catch (InvalidCipherTextException e) {
            throw broken(e);
        }
    }

    private static CodedException broken(Exception cause) {
        return new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "RSA ciphertext", ""), cause);
    }

    /** The bare operation, as the padding asks for it: one byte shorter than the modulus, without the leading zero. */
    private final class Module implements AsymmetricBlockCipher {
        @Override
        public void init(boolean forEncryption, CipherParameters none) {
            // the key is the module's
        }

        @Override
        public int getInputBlockSize() {
            return bytes;
        }

        @Override
        public int getOutputBlockSize() {
            return bytes - 1;
        }

        @Override
        public byte[] processBlock(byte[] in, int offset, int length) {
            byte[] block;
            try {
                Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding", provider);
                cipher.init(Cipher.DECRYPT_MODE, key);
                block = cipher.doFinal(in, offset, length);
            } catch (GeneralSecurityException | ProviderException e) {
                throw Pkcs11KeyVault.failed("decrypting", e);
            }
            return block.length == bytes && block[0] == 0 ? Arrays.copyOfRange(block, 1, bytes) : block;
        }
    }
}
