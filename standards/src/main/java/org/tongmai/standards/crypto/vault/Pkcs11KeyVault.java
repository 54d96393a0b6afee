package org.tongmai.standards.crypto.vault;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Keys of a hardware security module 密码机 behind PKCS#11 (OASIS, 2.40), through the JDK's SunPKCS11: no key leaves the
 * module. A secret AES key wraps and unwraps by CKM_AES_GCM ({@code nonce of 12 bytes, ciphertext, tag of 16}); an RSA
 * key pair, found by its certificate, signs by SHA-256 with PKCS#1 v1.5, and unwraps what {@link
 * org.tongmai.standards.crypto.RsaPublicKey#encrypt} wrapped: SunPKCS11 has no OAEP, so the module does the bare
 * operation (CKM_RSA_X_509) and the padding is taken off here.
 *
 * <p>SM2 and SM4 are not in PKCS#11: vendors add mechanisms with numbers of their own, which SunPKCS11 does not pass on.
 * With such a module write a {@link KeyVault} over the vendor's own Java provider (GM/T 0018 密码设备应用接口规范 is what
 * it implements), three methods.
 */
public final class Pkcs11KeyVault implements KeyVault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Provider provider;
    private final KeyStore store;

    private Pkcs11KeyVault(Provider provider, KeyStore store) {
        this.provider = provider;
        this.store = store;
    }

    /**
     * Opens a token.
     *
     * @param configuration as SunPKCS11 reads it: {@code name}, {@code library}, {@code slotListIndex} or {@code slot}
     * @throws CodedException {@link CryptoError#VAULT_FAILED} where configuration, library, slot or PIN are wrong
     */
    public static Pkcs11KeyVault open(Path configuration, char[] pin) {
        try {
            Provider provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            return new Pkcs11KeyVault(provider, store);
        } catch (GeneralSecurityException | IOException | RuntimeException e) { // ProviderException, InvalidParameter
            throw failed("opening", e);
        }
    }

    @Override
    public byte[] wrap(String keyId, byte[] dataKey) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keyId, nonce).doFinal(dataKey);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("wrapping", e);
        }
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        return key(keyId) instanceof PrivateKey key && key.getAlgorithm().equals("RSA")
                ? new Pkcs11Rsa(provider, key, modulus(keyId)).decrypt(wrapped)
                : unsealed(keyId, wrapped);
    }

    private BigInteger modulus(String keyId) {
        try {
            if (store.getCertificate(keyId).getPublicKey() instanceof RSAPublicKey open) {
                return open.getModulus();
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("looking up a certificate", e);
        }
        throw new CodedException(Issue.of(CryptoError.NOT_OFFERED, keyId, "its certificate is of another kind of key"));
    }

    private byte[] unsealed(String keyId, byte[] wrapped) {
        if (wrapped.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "wrapped key", ""));
        }
        Cipher cipher;
        try {
            cipher = cipher(Cipher.DECRYPT_MODE, keyId, Arrays.copyOf(wrapped, NONCE_BYTES));
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("unwrapping", e);
        }
        try {
            return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
        } catch (GeneralSecurityException | ProviderException e) { // modules have several codes for a wrong tag
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "wrapped key", ""), e);
        }
    }

    @Override
    public Signer signer(String keyId) {
        if (!(key(keyId) instanceof PrivateKey key) || !key.getAlgorithm().equals("RSA")) {
            throw new CodedException(Issue.of(CryptoError.NOT_OFFERED, keyId, "only RSA key pairs sign here"));
        }
        return data -> {
            try {
                Signature signature = Signature.getInstance("SHA256withRSA", provider);
                signature.initSign(key);
                signature.update(data);
                return signature.sign();
            } catch (GeneralSecurityException | ProviderException e) {
                throw failed("signing", e);
            }
        };
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce) throws GeneralSecurityException {
        if (!(key(keyId) instanceof SecretKey key)) {
            throw new CodedException(Issue.of(CryptoError.NOT_OFFERED, keyId, "only secret keys wrap here"));
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        } catch (InvalidKeyException e) {
            throw new CodedException(Issue.of(CryptoError.NOT_OFFERED, keyId, "only AES keys wrap here"), e);
        }
        return cipher;
    }

    private Key key(String keyId) {
        Key key;
        try {
            key = store.getKey(keyId, null);
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("looking up a key", e);
        }
        if (key == null) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNKNOWN, "", keyId));
        }
        return key;
    }

    static CodedException failed(String what, Exception cause) {
        return new CodedException(Issue.of(CryptoError.VAULT_FAILED, "PKCS#11", what), cause);
    }
}
