package org.tongmai.standards.crypto;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** How two parties sign with RSA and SHA-256 (RFC 8017). */
public enum RsaSignatureScheme {
    /** RSASSA-PKCS1-v1_5, which most counterparts mean by SHA256withRSA. */
    PKCS1 {
        @Override
        Signature signature() throws GeneralSecurityException {
            return Signature.getInstance("SHA256withRSA");
        }
    },
    /** RSASSA-PSS with MGF1 over SHA-256 and a salt of 32 bytes. */
    PSS {
        @Override
        Signature signature() throws GeneralSecurityException {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return signature;
        }
    };

    abstract Signature signature() throws GeneralSecurityException;
}
