package org.tongmai.standards.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.Cipher;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** An RSA private key of at least 2048 bits, and with it the pair. Immutable; may be used by many threads at once. */
public final class RsaPrivateKey {
    private final RSAPrivateCrtKey key;
    private final RsaPublicKey publicKey;

    private RsaPrivateKey(RSAPrivateCrtKey key, RsaPublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Makes a new key pair of 3072 bits. */
    public static RsaPrivateKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            KeyPair pair = generator.generateKeyPair();
            return new RsaPrivateKey(
                    (RSAPrivateCrtKey) pair.getPrivate(), RsaPublicKey.of((RSAPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param privateKeyInfo PKCS#8 PrivateKeyInfo (RFC 5958), DER, not encrypted
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE}
     */
    public static RsaPrivateKey of(byte[] privateKeyInfo) {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(privateKeyInfo));
            RSAPublicKeySpec open = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return new RsaPrivateKey(key, RsaPublicKey.of((RSAPublicKey) factory.generatePublic(open)));
        } catch (GeneralSecurityException | ClassCastException e) { // a key without its primes is not a CRT key
            throw new CodedException(
                    Issue.of(CryptoError.KEY_UNREADABLE, "RSA private key", "not PKCS#8 with all numbers"), e);
        }
    }

    public RsaPublicKey publicKey() {
        return publicKey;
    }

    public Signer signer(RsaSignatureScheme scheme) {
        return data -> {
            try {
                Signature signature = scheme.signature();
                signature.initSign(key);
                signature.update(data);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /**
     * The contrary of {@link RsaPublicKey#encrypt}.
     *
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}
     */
    public byte[] decrypt(byte[] ciphertext) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, RsaPublicKey.OAEP);
            return cipher.doFinal(ciphertext);
        } catch (GeneralSecurityException | RuntimeException e) { // too many bytes is an ArrayIndexOutOfBounds
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "RSA ciphertext", ""), e);
        }
    }

    /** PKCS#8 PrivateKeyInfo (RFC 5958), DER. */
    byte[] encoded() {
        return key.getEncoded();
    }

    /** Names the public half only. */
    @Override
    public String toString() {
        return "private key of " + publicKey;
    }
}
