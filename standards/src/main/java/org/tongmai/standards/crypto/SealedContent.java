package org.tongmai.standards.crypto;

/**
 * What became of content: all that must be kept to open it but key and context.
 *
 * @param nonce never used before with this key
 * @param ciphertext what can not be read
 * @param tag what shows that nothing was changed
 */
public record SealedContent(byte[] nonce, byte[] ciphertext, byte[] tag) {}
