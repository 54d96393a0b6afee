package org.tongmai.standards.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * PKCS#8 EncryptedPrivateKeyInfo by PBES2 (RFC 8018), with what the JDK has; read also where PBKDF2 is by HMAC-SM3 and
 * the key in SM4-CBC, as GmSSL writes it.
 */
final class PasswordEncryption {
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> PSEUDORANDOM = Map.of(
            GMObjectIdentifiers.hmac_sm3, SM3Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA256, SHA256Digest::new);

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
            Optional<PBES2Parameters> national = national(encoded);
            if (national.isPresent()) {
                return decryptSm4(national.get(), encoded, password);
            }
        } catch (CodedException e) {
            throw e;
        } catch (RuntimeException e) { // BouncyCastle throws IllegalArgument and others for bad encodings
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "private key", "not PKCS#8"), e);
        }
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

    private static Optional<PBES2Parameters> national(byte[] encoded) {
        AlgorithmIdentifier scheme = org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo.getInstance(encoded)
                .getEncryptionAlgorithm();
        if (!scheme.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return Optional.empty();
        }
        return Optional.of(PBES2Parameters.getInstance(scheme.getParameters()))
                .filter(parameters ->
                        parameters.getEncryptionScheme().getAlgorithm().equals(GMObjectIdentifiers.sms4_cbc));
    }

    private static byte[] decryptSm4(PBES2Parameters scheme, byte[] encoded, char[] password) {
        PBKDF2Params derivation =
                PBKDF2Params.getInstance(scheme.getKeyDerivationFunc().getParameters());
        Digest digest = PSEUDORANDOM
                .getOrDefault(derivation.getPrf().getAlgorithm(), () -> null)
                .get();
        int iterations = derivation.getIterationCount().intValue();
        if (digest == null || iterations > MOST_ITERATIONS) {
            throw new CodedException(Issue.of(
                    CryptoError.KEY_UNREADABLE,
                    "private key",
                    "expected HMAC-SM3 or HMAC-SHA256 and at most " + MOST_ITERATIONS + " iterations"));
        }
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(digest);
        generator.init(PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password), derivation.getSalt(), iterations);
        byte[] iv = ASN1OctetString.getInstance(scheme.getEncryptionScheme().getParameters())
                .getOctets();
        try {
            return new PaddedBlocks(CBCBlockCipher.newInstance(new SM4Engine()))
                    .decrypt(
                            new ParametersWithIV(generator.generateDerivedParameters(Sm4Key.BYTES * Byte.SIZE), iv),
                            org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo.getInstance(encoded)
                                    .getEncryptedData());
        } catch (CodedException e) {
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
