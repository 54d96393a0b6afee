package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.rules.Application;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.SignatureForm;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Makes of a key in the rules what verifies with it. */
final class ApplicationKeys {
    private ApplicationKeys() {}

    /** @throws CodedException {@link GatewayError#RULES_INVALID} for a key or a profile that can not be used */
    static Verifier verifier(Application.ApplicationKey key) {
        SignatureProfile profile = SignatureProfile.of(key.profile()).orElse(null);
        if (profile != SignatureProfile.SM2_SM3) {
            throw new CodedException(
                    Issue.of(GatewayError.RULES_INVALID, "keys[" + key.id() + "].profile", "found: " + key.profile()));
        }
        String userId = key.userId().isEmpty() ? SignatureScheme.DEFAULT_USER_ID : key.userId();
        return PemKeys.readPublic(key.publicKey()).verifier(new SignatureScheme(userId, SignatureForm.RAW));
    }
}
