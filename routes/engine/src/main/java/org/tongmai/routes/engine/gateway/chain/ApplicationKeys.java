package org.tongmai.routes.engine.gateway.chain;

import java.security.MessageDigest;
import java.util.function.Supplier;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.rules.Application.ApplicationKey;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaSignatureScheme;
import org.tongmai.standards.crypto.SignatureForm;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2KeyText;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Algorithm;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.crypto.vault.KeyVault;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Makes of the keys an application has in the rules what verifies with them, or encrypts. */
final class ApplicationKeys {
    private static final byte[] PROBE = {};

    private final String application;
    private final KeyVault vault;

    ApplicationKeys(String application, KeyVault vault) {
        this.application = application;
        this.vault = vault;
    }

    /** @throws CodedException {@link GatewayError#RULES_INVALID} for a key that can not be used */
    Verifier verifier(ApplicationKey key, SignatureProfile profile) {
        return usable(key, () -> switch (profile) {
            case SM2_SM3 -> Sm2KeyText.readPublic(key.publicKey()).verifier(scheme(key));
            case RSA_SHA256 -> PemKeys.readRsaPublic(key.publicKey()).verifier(RsaSignatureScheme.PKCS1);
            case HMAC_SM3 -> byCode(key);
        });
    }

    /** @throws CodedException {@link GatewayError#RULES_INVALID} for a key that can not be used */
    PayloadEnvelope.Receiver receiver(ApplicationKey key, Algorithm algorithm) {
        return usable(
                key,
                () -> algorithm.isSm2()
                        ? PayloadEnvelope.Receiver.of(algorithm, Sm2KeyText.readPublic(key.publicKey()), key.id())
                        : PayloadEnvelope.Receiver.of(algorithm, PemKeys.readRsaPublic(key.publicKey()), key.id()));
    }

    private static SignatureScheme scheme(ApplicationKey key) {
        String userId = key.userId().isEmpty() ? SignatureScheme.DEFAULT_USER_ID : key.userId();
        return new SignatureScheme(userId, SignatureForm.RAW);
    }

    /** The key stays in the vault, and is asked for at each call: whoever takes it away there takes it away at once. */
    private Verifier byCode(ApplicationKey key) {
        boolean code = vault.signer(key.secret()).sign(PROBE).length == Sm3.BYTES;
        if (!code) {
            throw new CodedException(Issue.of(GatewayError.RULES_INVALID, "", "not a key of HMAC-SM3"));
        }
        return (data, given) -> MessageDigest.isEqual(codeOf(key, data), given);
    }

    private byte[] codeOf(ApplicationKey key, byte[] data) {
        try {
            return vault.signer(key.secret()).sign(data);
        } catch (CodedException e) {
            throw new CodedException(Issue.of(GatewayError.KEY_AWAY, key.id(), ""), e);
        }
    }

    private <T> T usable(ApplicationKey key, Supplier<T> made) {
        try {
            return made.get();
        } catch (CodedException e) {
            Issue why = e.issues().get(0);
            String detail =
                    key.profile() + ", " + why.code().code() + " " + why.code().summary();
            throw new CodedException(
                    Issue.of(
                            GatewayError.RULES_INVALID,
                            "applications[" + application + "].keys[" + key.id() + "]",
                            detail),
                    e);
        }
    }
}
