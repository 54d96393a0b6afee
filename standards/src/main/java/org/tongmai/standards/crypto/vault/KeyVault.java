package org.tongmai.standards.crypto.vault;

import org.tongmai.standards.crypto.Signer;

/**
 * Where keys lie that nobody may take out: key-encryption keys (KEK) that wrap data keys, and keys that sign. A key
 * management service (KMS) is made usable by these three methods. Serves many threads at once.
 *
 * <p>All throw {@link org.tongmai.standards.error.CodedException}: {@code KEY_UNKNOWN}; {@code NOT_OFFERED} where a key
 * is of the wrong kind; {@code VAULT_FAILED}, which may pass, where the vault does not answer.
 */
public interface KeyVault {
    /** Wraps a data key, differently each time. */
    byte[] wrap(String keyId, byte[] dataKey);

    /** The contrary of {@link #wrap}; {@code SEAL_BROKEN} for what this key did not wrap. */
    byte[] unwrap(String keyId, byte[] wrapped);

    /**
     * What signs with this key: SM2 with the default user id and r ‖ s of 64 bytes, RSA with SHA-256 (PKCS#1 v1.5),
     * or HMAC-SM3.
     */
    Signer signer(String keyId);
}
