package org.tongmai.standards.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** PKCS#8 EncryptedPrivateKeyInfo by PBES2 (RFC 8018), with what the JDK has. */
final class PasswordEncryption {
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;

    private PasswordEncryption() {}

    static byte[] encrypt(byte[] key, char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            Cipher cipher = Cipher.getInstance(SCHEME);
            cipher.init(Cipher.ENCRYPT_MODE, secret(SCHEME, password), new PBEParameterSpec(salt, ITERATIONS));
            // The JDK's own class can not write this scheme before JDK 19.
            AlgorithmIdentifier scheme = new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_PBES2,
                    ASN1Primitive.fromByteArray(cipher.getParameters().getEncoded()));
            return new org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo(scheme, cipher.doFinal(key))
                    .getEncoded("DER");
        } catch (GeneralSecurityException | IOException e) {
            throw new CodedException(
                    Issue.of(CryptoError.PASSWORD_WRONG, "private key", "expected printable ASCII characters"), e);
        }
    }

    static byte[] decrypt(byte[] encoded, char[] password) {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
            String scheme = info.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(Cipher.DECRYPT_MODE, secret(scheme, password), info.getAlgParameters());
            return cipher.doFinal(info.getEncryptedData());
        } catch (IOException e) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "private key", "not PKCS#8"), e);
        } catch (GeneralSecurityException e) {
            throw new CodedException(Issue.of(CryptoError.PASSWORD_WRONG, "private key", ""), e);
        }
    }

    private static SecretKey secret(String scheme, char[] password) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            return SecretKeyFactory.getInstance(scheme).generateSecret(spec);
        } finally {
            spec.clearPassword();
        }
    }
}
