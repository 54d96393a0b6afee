package org.tongmai.standards.crypto;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/**
 * What can be wrong with keys, with what was sealed and with what is to be signed. Details never hold key, password or
 * content.
 */
public enum CryptoError implements ErrorCode {
    KEY_UNREADABLE("TM-CRYPTO-0001", "A key can not be read"),
    KEY_NOT_SM2("TM-CRYPTO-0002", "A key is not an SM2 key"),
    PASSWORD_MISSING("TM-CRYPTO-0003", "The private key is encrypted and no password was given"),
    PASSWORD_WRONG("TM-CRYPTO-0004", "The private key can not be decrypted with this password"),
    SEAL_BROKEN("TM-CRYPTO-0005", "Sealed data can not be opened: another key or context, or it was changed"),
    REQUEST_NOT_CANONICAL("TM-CRYPTO-0006", "A request can not be brought into the form that is signed");

    private final ErrorFacts facts;

    CryptoError(String code, String summary) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, false, new Wire("AE", 207, 422, "security"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
