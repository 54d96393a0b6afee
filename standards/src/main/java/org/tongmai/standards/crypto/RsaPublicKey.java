package org.tongmai.standards.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** An RSA public key of at least 2048 bits. Immutable; may be used by many threads at once. */
public final class RsaPublicKey {
    /** Shorter keys are refused (NIST SP 800-131A). */
    public static final int SHORTEST = 2048;

    /** RSAES-OAEP with SHA-256 in both places and no label (RFC 8017, 7.1). */
    static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private static final int OAEP_BYTES = 2 * 32 + 2;

    private final RSAPublicKey key;

    private RsaPublicKey(RSAPublicKey key) {
        this.key = key;
    }

    /**
     * @param subjectPublicKeyInfo X.509 SubjectPublicKeyInfo, DER
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE}
     */
    public static RsaPublicKey of(byte[] subjectPublicKeyInfo) {
        try {
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
            return of((RSAPublicKey) key);
        } catch (GeneralSecurityException e) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "RSA public key", "not X.509"), e);
        }
    }

    static RsaPublicKey of(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < SHORTEST) {
            throw new CodedException(Issue.of(
                    CryptoError.KEY_UNREADABLE, "RSA public key", bits + " bits, expected at least " + SHORTEST));
        }
        return new RsaPublicKey(key);
    }

    /** X.509 SubjectPublicKeyInfo, DER. */
    public byte[] encoded() {
        return key.getEncoded();
    }

    /** What tells keys apart: SM3 of {@link #encoded()}, 64 hexadecimal digits. */
    public String fingerprint() {
        return Sm3.hex(key.getEncoded());
    }

    public Verifier verifier(RsaSignatureScheme scheme) {
        return (data, bytes) -> {
            try {
                Signature signature = scheme.signature();
                signature.initVerify(key);
                signature.update(data);
                return signature.verify(bytes);
            } catch (SignatureException e) { // of another length, for example
                return false;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /**
     * RSAES-OAEP with SHA-256.
     *
     * @throws CodedException {@link CryptoError#NOT_ENCRYPTABLE} for more bytes than the key can take: 190 for 2048 bits
     */
    public byte[] encrypt(byte[] content) {
        int most = key.getModulus().bitLength() / Byte.SIZE - OAEP_BYTES;
        if (content.length > most) {
            throw new CodedException(
                    Issue.of(CryptoError.NOT_ENCRYPTABLE, "", content.length + " bytes, expected at most " + most));
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, OAEP);
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "RSA " + fingerprint();
    }
}
