package org.tongmai.standards.crypto;

/** Says whether a signature or a code is the other party's over some data. Serves many threads at once. */
@FunctionalInterface
public interface Verifier {
    /** Answers false, and never fails, for bytes that are no signature at all. */
    boolean verifies(byte[] data, byte[] signature);
}
