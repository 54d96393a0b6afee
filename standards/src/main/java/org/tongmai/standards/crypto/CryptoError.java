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
    REQUEST_NOT_CANONICAL("TM-CRYPTO-0006", "A request can not be brought into the form that is signed"),
    NOT_ENCRYPTABLE("TM-CRYPTO-0007", "Content is too short or too long to be encrypted with this key"),
    KEY_UNKNOWN("TM-CRYPTO-0008", "There is no key with this id"),
    KEY_RETIRED("TM-CRYPTO-0009", "A key is retired"),
    NOT_OFFERED("TM-CRYPTO-0010", "A key can not do what is asked of it"),
    VAULT_FAILED("TM-CRYPTO-0011", "The vault of keys does not do its work", true, 503),
    ENVELOPE_UNREADABLE("TM-CRYPTO-0012", "An encrypted payload has not the form agreed on"),
    CASE_UNREADABLE("TM-CRYPTO-0013", "What is known of a signature is not in the form expected"),
    NO_CALLER_CODE("TM-CRYPTO-0014", "There is no caller code for this language, address or application");

    private final ErrorFacts facts;

    CryptoError(String code, String summary) {
        this(code, summary, false, 422);
    }

    CryptoError(String code, String summary, boolean retryable, int httpStatus) {
        this.facts =
                new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, httpStatus, "security"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
