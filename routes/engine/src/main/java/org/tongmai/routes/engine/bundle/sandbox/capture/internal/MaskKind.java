package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

/** What a value is, as far as masking goes. */
enum MaskKind {
    /** Stays as it is: codes, numbers, times of events, systems, wards. */
    KEEP,
    /** Of a person. */
    NAME,
    /** Of a person, a visit, an order. */
    IDENTIFIER,
    /** Where somebody lives, to the house. */
    ADDRESS,
    /** Town, province, postal code: replaced where they stand, not wherever the word comes again. */
    AREA,
    PHONE,
    /** Date of birth or death. */
    BIRTH,
    /** To another resource, by its id or by what it is found by. */
    REFERENCE,
    /** Goes: a document, a picture. */
    DROP,
    /** Whatever somebody has written; also what is not known. */
    TEXT;

    /** Whether the value must not stand anywhere else in the message either. */
    boolean identifies() {
        return this == NAME || this == IDENTIFIER || this == ADDRESS || this == PHONE || this == BIRTH;
    }
}
