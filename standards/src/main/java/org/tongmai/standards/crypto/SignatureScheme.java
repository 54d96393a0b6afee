package org.tongmai.standards.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * How two parties sign: SM2 over SM3 (GB/T 32918.2-2016), with a user id that both know.
 *
 * @param userId the signer's distinguishing identifier 可辨别标识, in UTF-8 at most 8 191 bytes
 * @param form how the signature is written
 */
public record SignatureScheme(String userId, SignatureForm form) {
    /** The user id where nobody agreed on another (GM/T 0009-2012, 10; GB/T 35276-2017). */
    public static final String DEFAULT_USER_ID = "1234567812345678";

    /** Default user id, DER. */
    public static final SignatureScheme DEFAULT = new SignatureScheme(DEFAULT_USER_ID, SignatureForm.DER);

    /** Default user id, 64 bytes. */
    public static final SignatureScheme RAW = new SignatureScheme(DEFAULT_USER_ID, SignatureForm.RAW);

    /** ENTL is a number of bits in two bytes. */
    private static final int LONGEST_USER_ID = 0xFFFF / 8;

    public SignatureScheme {
        Objects.requireNonNull(form, "form");
        if (userId.getBytes(StandardCharsets.UTF_8).length > LONGEST_USER_ID) {
            throw new IllegalArgumentException("userId: longer than " + LONGEST_USER_ID + " bytes");
        }
    }

    SM2Signer signer() {
        return new SM2Signer(form.encoding());
    }

    CipherParameters with(CipherParameters key) {
        return new ParametersWithID(key, userId.getBytes(StandardCharsets.UTF_8));
    }
}
