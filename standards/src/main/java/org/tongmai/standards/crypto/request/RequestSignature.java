package org.tongmai.standards.crypto.request;

import java.util.Base64;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Verifier;

/**
 * The signature of a request: over {@link SignedRequest#canonicalBytes()}, in Base64 (RFC 4648, 4), in the header
 * {@value #SIGNATURE_HEADER}. What is signed:
 *
 * <pre>
 * POST                                     method, as sent
 * /bus/appointments                        path, as sent
 * a=1&amp;b=%E4%B8%AD                          query, encoded and sorted
 * 66c7f0f4…                                SM3 of the body, lower-case hexadecimal
 * his-of-hospital-1                        application
 * 1767240000000                            milliseconds since 1970
 * 5f0c…                                    nonce
 * </pre>
 *
 * <p>Whether the time is near and the nonce new is for the receiver to say, after the signature.
 */
public final class RequestSignature {
    public static final String APP_HEADER = "X-Tongmai-App";
    public static final String TIMESTAMP_HEADER = "X-Tongmai-Timestamp";
    public static final String NONCE_HEADER = "X-Tongmai-Nonce";
    public static final String SIGNATURE_HEADER = "X-Tongmai-Signature";
    public static final String PROFILE_HEADER = "X-Tongmai-Signature-Profile";

    private RequestSignature() {}

    /** Answers the value of {@link #SIGNATURE_HEADER}. */
    public static String sign(SignedRequest request, Signer signer) {
        return Base64.getEncoder().encodeToString(signer.sign(request.canonicalBytes()));
    }

    /**
     * Says whether the value of {@link #SIGNATURE_HEADER} is a signature of this request.
     *
     * @param verifier of the application's key, kept from call to call
     */
    public static boolean verifies(SignedRequest request, String signature, Verifier verifier) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return verifier.verifies(request.canonicalBytes(), bytes);
    }
}
