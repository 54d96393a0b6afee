package org.tongmai.standards.crypto;

/**
 * How the three parts of an SM2 ciphertext are written: C1 the point, 65 bytes beginning with 04; C2 as long as the
 * content; C3 a hash of 32 bytes (GB/T 32918.4-2016).
 */
public enum CiphertextForm {
    /** C1 ‖ C3 ‖ C2, as the standard has it since 2016. */
    C1C3C2,
    /** C1 ‖ C2 ‖ C3, as drafts of 2010 and older libraries have it. */
    C1C2C3,
    /** ASN.1 {@code SEQUENCE { x, y INTEGER, C3, C2 OCTET STRING }}, strict DER (GM/T 0009-2012, 7.2). */
    DER
}
