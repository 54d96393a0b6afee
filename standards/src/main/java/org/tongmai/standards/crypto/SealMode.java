package org.tongmai.standards.crypto;

/** One way of sealing. */
interface SealMode {
    int nonceBytes();

    int tagBytes();

    SealedContent seal(byte[] key, byte[] nonce, byte[] content, byte[] context);

    /** @throws org.tongmai.standards.error.CodedException {@link CryptoError#SEAL_BROKEN} */
    byte[] open(byte[] key, SealedContent sealed, byte[] context);
}
