package org.tongmai.routes.engine.gateway.chain;

import java.security.MessageDigest;
import java.util.Optional;
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
        return (data, given) -> MessageDigest.isEqual(codeOf(key, data), given);
    }

    private byte[] codeOf(ApplicationKey key, byte[] data) {
        byte[] code;
        try {
            code = vault.signer(key.secret()).sign(data);
        } catch (CodedException e) {
            throw new CodedException(Issue.of(GatewayError.KEY_AWAY, key.id(), ""), e);
        }
        if (code.length != Sm3.BYTES) {
            throw new CodedException(Issue.of(GatewayError.KEY_AWAY, key.id(), "not a key of HMAC-SM3"));
        }
        return code;
    }

    /** Why a key whose secret lies in the vault can not verify now; empty for any other key, and for one that can. */
    Optional<Issue> missing(ApplicationKey key) {
        if (SignatureProfile.of(key.profile())
                .filter(SignatureProfile.HMAC_SM3::equals)
                .isEmpty()) {
            return Optional.empty();
        }
        try {
            codeOf(key, PROBE);
            return Optional.empty();
        } catch (CodedException e) {
            return Optional.of(unusable(key, e));
        }
    }

    private <T> T usable(ApplicationKey key, Supplier<T> made) {
        try {
            return made.get();
        } catch (CodedException e) {
            throw new CodedException(unusable(key, e), e);
        }
    }

    private Issue unusable(ApplicationKey key, CodedException why) {
        String detail =
                key.profile() + ", " + why.code().code() + " " + why.code().summary();
        return Issue.of(GatewayError.RULES_INVALID, "applications[" + application + "].keys[" + key.id() + "]", detail);
    }
}
