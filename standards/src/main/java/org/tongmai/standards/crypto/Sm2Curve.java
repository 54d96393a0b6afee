package org.tongmai.standards.crypto;

import java.io.IOException;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The curve sm2p256v1 推荐曲线 (GB/T 32918.5-2017), object identifier 1.2.156.10197.1.301. Taken from BouncyCastle's
 * custom curves, whose field arithmetic is written for this prime, not from {@code GMNamedCurves}, which does the same
 * with big integers, several times slower.
 */
final class Sm2Curve {
    static final ECNamedDomainParameters DOMAIN = new ECNamedDomainParameters(
            GMObjectIdentifiers.sm2p256v1, CustomNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1));

    private Sm2Curve() {}

    /** Decodes a key with what BouncyCastle offers for it. */
    @FunctionalInterface
    interface Decoder {
        AsymmetricKeyParameter decode() throws IOException;
    }

    /** @throws CodedException unless the key decodes, is of the wanted kind and lies on the SM2 curve */
    static <T extends ECKeyParameters> T key(Class<T> kind, String where, Decoder decoder) {
        AsymmetricKeyParameter key;
        try {
            key = decoder.decode();
        } catch (IOException | RuntimeException e) { // BouncyCastle throws IllegalArgument and others for bad encodings
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, where, "not an encoded key"), e);
        }
        if (!kind.isInstance(key) || !kind.cast(key).getParameters().equals(DOMAIN)) {
            throw new CodedException(Issue.of(CryptoError.KEY_NOT_SM2, where, "expected the curve sm2p256v1"));
        }
        return kind.cast(key);
    }
}
