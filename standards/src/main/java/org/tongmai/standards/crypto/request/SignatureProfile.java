package org.tongmai.standards.crypto.request;

import java.util.Arrays;
import java.util.Optional;

/** With what a caller signs. */
public enum SignatureProfile {
    /** SM2 over SM3 (GB/T 32918.2-2016). */
    SM2_SM3("sm2-sm3"),
    /** RSASSA-PKCS1-v1_5 over SHA-256 (RFC 8017, 8.2). */
    RSA_SHA256("rsa-sha256"),
    /** HMAC-SM3 with a key that both know; whoever verifies could have signed. */
    HMAC_SM3("hmac-sm3");

    private final String text;

    SignatureProfile(String text) {
        this.text = text;
    }

    /** As in the header {@link RequestSignature#PROFILE_HEADER}. */
    public String text() {
        return text;
    }

    public static Optional<SignatureProfile> of(String text) {
        return Arrays.stream(values())
                .filter(profile -> profile.text.equals(text))
                .findFirst();
    }
}
