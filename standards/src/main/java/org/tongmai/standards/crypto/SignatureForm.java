package org.tongmai.standards.crypto;

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
}
