package org.tongmai.standards.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** An SM2 public key. Immutable; may be used by many threads at once. */
public final class Sm2PublicKey {
    private final ECPublicKeyParameters key;
    private final byte[] encoded;
    private volatile CombTable multiples;

    Sm2PublicKey(ECPublicKeyParameters key) {
        // The decoders give the point on a curve object of their own, with slower arithmetic.
        this.key = new ECPublicKeyParameters(Sm2Curve.DOMAIN.getCurve().importPoint(key.getQ()), Sm2Curve.DOMAIN);
        try {
            this.encoded =
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param subjectPublicKeyInfo X.509 SubjectPublicKeyInfo, DER
     * @throws org.tongmai.standards.error.CodedException {@link CryptoError#KEY_UNREADABLE},
     *     {@link CryptoError#KEY_NOT_SM2}
     */
    public static Sm2PublicKey of(byte[] subjectPublicKeyInfo) {
        return new Sm2PublicKey(Sm2Curve.key(
                ECPublicKeyParameters.class, "public key", () -> PublicKeyFactory.createKey(subjectPublicKeyInfo)));
    }

    /**
     * @param point 65 bytes that begin with 04, then x and y; or 33 bytes that begin with 02 or 03, then x (GB/T
     *     32918.1-2016, 4.2.9)
     * @throws org.tongmai.standards.error.CodedException {@link CryptoError#KEY_UNREADABLE}
     */
    public static Sm2PublicKey ofPoint(byte[] point) {
        return new Sm2PublicKey(Sm2Curve.key(
                ECPublicKeyParameters.class,
                "public key",
                () -> new ECPublicKeyParameters(Sm2Curve.DOMAIN.getCurve().decodePoint(point), Sm2Curve.DOMAIN)));
    }

    /** 65 bytes: 04, then x and y, each of 32 bytes, most significant first. */
    public byte[] point() {
        return key.getQ().getEncoded(false);
    }

    /** 33 bytes: 02 or 03 as y is even or odd, then x. */
    public byte[] compressedPoint() {
        return key.getQ().getEncoded(true);
    }

    /** X.509 SubjectPublicKeyInfo, DER; the point uncompressed. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** What tells keys apart: SM3 of {@link #encoded()}, 64 hexadecimal digits. */
    public String fingerprint() {
        return Sm3.hex(encoded);
    }

    /** Says whether the signature is this key's over the data; not for anything that is no signature at all. */
    public boolean verifies(byte[] data, byte[] signature) {
        return verifies(data, signature, SignatureScheme.DEFAULT);
    }

    /** As {@link #verifies(byte[], byte[])}, for parties that agreed on another user id or form. */
    public boolean verifies(byte[] data, byte[] signature, SignatureScheme scheme) {
        return verifier(scheme).verifies(data, signature);
    }

    /** What verifies many signatures of this key: keep it, for the first one of a key makes the tables. */
    public Sm2Verifier verifier(SignatureScheme scheme) {
        return new Sm2Verifier(this, scheme);
    }

    /**
     * Encrypts for who has the private key (GB/T 32918.4-2016). Not meant for much: encrypt a key, and with that the
     * content.
     *
     * @param content at least one byte
     * @throws org.tongmai.standards.error.CodedException {@link CryptoError#NOT_ENCRYPTABLE} for no bytes
     */
    public byte[] encrypt(byte[] content, CiphertextForm form) {
        return Sm2Encryption.encrypt(key, content, form, new SecureRandom());
    }

    /**
     * The hash Z of user id, curve and this key, which goes before the data (GB/T 32918.2-2016, 5.5).
     *
     * @param userId as bytes, at most 8 191
     */
    public byte[] z(byte[] userId) {
        return Sm2Verifier.z(key.getQ(), userId);
    }

    /**
     * Says whether 64 bytes are a signature over a hash, whatever that was made of: for finding out what a counterpart
     * did, not for accepting it.
     */
    public boolean verifiesHash(byte[] hash, byte[] signature) {
        return SignatureForm.RAW
                .read(signature)
                .filter(numbers -> Sm2Verifier.verifiesHash(multiples(), hash, numbers))
                .isPresent();
    }

    ECPublicKeyParameters parameters() {
        return key;
    }

    /** Made once a key; two threads that come at once make the same. */
    CombTable multiples() {
        CombTable made = multiples;
        if (made == null) {
            made = new CombTable(key.getQ());
            multiples = made;
        }
        return made;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sm2PublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "SM2 " + fingerprint();
    }
}
