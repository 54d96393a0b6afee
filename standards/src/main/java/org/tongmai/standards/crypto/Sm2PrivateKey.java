package org.tongmai.standards.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** An SM2 private key, and with it the pair. Immutable; may be used by many threads at once. */
public final class Sm2PrivateKey {
    private static final int NUMBER_BYTES = 32;

    private final ECPrivateKeyParameters key;
    private final Sm2PublicKey publicKey;

    private Sm2PrivateKey(ECPrivateKeyParameters key) {
        this.key = key;
        this.publicKey = new Sm2PublicKey(new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(Sm2Curve.DOMAIN.getG(), key.getD()), Sm2Curve.DOMAIN));
    }

    /** Makes a new key pair. */
    public static Sm2PrivateKey generate() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(Sm2Curve.DOMAIN, new SecureRandom()));
        return new Sm2PrivateKey(
                (ECPrivateKeyParameters) generator.generateKeyPair().getPrivate());
    }

    /**
     * @param privateKeyInfo PKCS#8 PrivateKeyInfo (RFC 5958), DER, not encrypted
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE},
     *     {@link CryptoError#KEY_NOT_SM2}
     */
    public static Sm2PrivateKey of(byte[] privateKeyInfo) {
        return ofNumber(Sm2Curve.key(
                        ECPrivateKeyParameters.class, "private key", () -> PrivateKeyFactory.createKey(privateKeyInfo))
                .getD()
                .toByteArray());
    }

    /**
     * @param number d, most significant byte first, in at most 32 bytes, or with one byte 00 before them
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE}
     */
    public static Sm2PrivateKey ofNumber(byte[] number) {
        boolean fits = number.length <= NUMBER_BYTES || number.length == NUMBER_BYTES + 1 && number[0] == 0;
        BigInteger d = new BigInteger(1, number);
        // d = n − 1 can not sign: 1 + d has no inverse (GB/T 32918.2-2016, 6.1)
        if (!fits || d.signum() == 0 || d.compareTo(Sm2Curve.DOMAIN.getN().subtract(BigInteger.ONE)) >= 0) {
            throw new CodedException(Issue.of(
                    CryptoError.KEY_UNREADABLE,
                    "private key",
                    number.length + " bytes, expected 32 that make a number of 1 to n − 2"));
        }
        return new Sm2PrivateKey(new ECPrivateKeyParameters(d, Sm2Curve.DOMAIN));
    }

    /** The number d in 32 bytes, for counterparts that take nothing else: whoever has it is the owner. */
    public byte[] number() {
        return BigIntegers.asUnsignedByteArray(NUMBER_BYTES, key.getD());
    }

    public Sm2PublicKey publicKey() {
        return publicKey;
    }

    /** Signs with the default user id; the answer is DER. */
    public byte[] sign(byte[] data) {
        return sign(data, SignatureScheme.DEFAULT);
    }

    /** Signs; the same data under the same scheme gives the same signature, see {@link DerivedNonces}. */
    public byte[] sign(byte[] data, SignatureScheme scheme) {
        return sign(data, scheme, new DerivedNonces(key, data, scheme.userId()));
    }

    /** This key as a signer under one scheme. */
    public Signer signer(SignatureScheme scheme) {
        return data -> sign(data, scheme);
    }

    byte[] sign(byte[] data, SignatureScheme scheme, SecureRandom nonces) {
        SM2Signer signer = scheme.signer();
        signer.init(true, scheme.with(new ParametersWithRandom(key, nonces)));
        signer.update(data, 0, data.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The contrary of {@link Sm2PublicKey#encrypt}.
     *
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}, whatever was wrong
     */
    public byte[] decrypt(byte[] ciphertext, CiphertextForm form) {
        return Sm2Encryption.decrypt(key, ciphertext, form);
    }

    /** PKCS#8 PrivateKeyInfo (RFC 5958), DER. */
    byte[] encoded() {
        try {
            return PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the public half only. */
    @Override
    public String toString() {
        return "private key of " + publicKey;
    }
}
