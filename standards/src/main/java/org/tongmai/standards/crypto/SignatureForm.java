package org.tongmai.standards.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.signers.DSAEncoding;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** How the two numbers of a signature are written. */
public enum SignatureForm {
    /** ASN.1 {@code SEQUENCE { r, s }}, strict DER (GM/T 0009-2012, 7.3). */
    DER(StandardDSAEncoding.INSTANCE),
    /** 64 bytes: r, then s, each of 32 bytes, most significant first. */
    RAW(PlainDSAEncoding.INSTANCE);

    private final DSAEncoding encoding;

    SignatureForm(DSAEncoding encoding) {
        this.encoding = encoding;
    }

    DSAEncoding encoding() {
        return encoding;
    }

    /** The numbers r and s, each of 1 to n − 1, or empty for bytes that are no signature in this form. */
    Optional<BigInteger[]> read(byte[] signature) {
        try {
            BigInteger[] numbers = encoding.decode(Sm2Curve.DOMAIN.getN(), signature);
            return numbers[0].signum() > 0 && numbers[1].signum() > 0 ? Optional.of(numbers) : Optional.empty();
        } catch (IOException | RuntimeException e) { // BouncyCastle throws IllegalArgument and others for bad encodings
            return Optional.empty();
        }
    }
}
