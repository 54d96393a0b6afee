package org.tongmai.standards.crypto;

/** Signs data, or makes its authentication code, with a key that may lie elsewhere. Serves many threads at once. */
@FunctionalInterface
public interface Signer {
    byte[] sign(byte[] data);
}
